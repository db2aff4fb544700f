import manifest from '../../package.json' with { type: 'json' };

/** Of the program, as in its manifest. */
export const VERSION: string = manifest.version;
