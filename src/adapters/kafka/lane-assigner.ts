import type { Assigner, PartitionAssigner } from 'kafkajs';

import { dealLanes, partitionsOf } from '../../stream/lanes.ts';
import type { Candidate, Topology } from '../../stream/lanes.ts';
import { AssignerProtocol } from './kafkajs.ts';

/** Group protocol name: the broker lets no worker into the group that would deal the partitions into other lanes. */
const nameOf = ({ partitions, lanes }: Topology): string =>
  `${String(lanes)}-lanes-of-${String(partitions)}-partitions`;

export type LaneAssignerOptions = {
  readonly topic: string;
  readonly topology: Topology;
  /** The lanes that this worker owns at the moment it joins. */
  readonly owned: () => readonly number[];
};

/** Gives whole lanes to the workers of the group, and a lane to the worker that has it already where that is even. */
export const laneAssigner =
  ({ topic, topology, owned }: LaneAssignerOptions): PartitionAssigner =>
  (): Assigner => ({
    name: nameOf(topology),
    version: 1,
    protocol: ({ topics }) => ({
      name: nameOf(topology),
      metadata: AssignerProtocol.MemberMetadata.encode({
        version: 1,
        topics,
        userData: Buffer.from(JSON.stringify(owned())),
      }),
    }),
    assign: ({ members }) => {
      const candidates = members.map(({ memberId, memberMetadata }) => candidate(memberId, memberMetadata));
      const dealt = dealLanes(candidates, topology.lanes);
      return Promise.resolve(
        [...dealt].map(([memberId, lanes]) => ({
          memberId,
          memberAssignment: AssignerProtocol.MemberAssignment.encode({
            version: 1,
            assignment: { [topic]: lanes.flatMap((lane) => [...partitionsOf(lane, topology)]) },
            userData: Buffer.alloc(0),
          }),
        })),
      );
    },
  });

function candidate(id: string, metadata: Buffer): Candidate {
  const decoded = AssignerProtocol.MemberMetadata.decode(metadata);
  const text = decoded?.userData.toString() ?? '';
  return { id, owned: text === '' ? [] : (JSON.parse(text) as number[]) };
}
