declare const brand: unique symbol;

/** A value that only the parser of its own name can make: two branded strings never mix by accident. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
