// What a type of documents has, each as text: `tickets.*.due?` where it may be absent, `access.*.role=owner` where only some words fit.
type Leaf = string | number | boolean | readonly unknown[];
type OfValue<T, P extends string> = T extends Leaf ? (T extends string ? (string extends T ? never : `${P}=${T}`) : never)
  : string extends keyof T ? OfValue<T[string & keyof T], `${P}.*`>
  : { [K in keyof T & string]-?: Field<T, K, P extends '' ? K : `${P}.${K}`> }[keyof T & string];
type Field<T, K extends keyof T, P extends string> = ({} extends Pick<T, K> ? `${P}?` : P) | OfValue<NonNullable<T[K]>, P>;

/** All of them, so that one that is missing in a literal is found, and one too many. */
export type Fields<T> = Record<OfValue<T, ''>, 1>;
