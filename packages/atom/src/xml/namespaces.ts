export const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
export const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/**
 * The namespace declarations in force at some element: those of the element itself in front of those of its
 * ancestors. Elements that declare nothing share the scope of their parent.
 */
export class Scope {
  /** Only `xml` is bound; the default namespace is none. */
  static readonly outermost = new Scope(new Map([['xml', XML_NAMESPACE]]), undefined);

  /** Namespace of unprefixed elements; '' when there is none. */
  readonly default: string;

  private constructor(
    private readonly own: ReadonlyMap<string, string>,
    private readonly outer: Scope | undefined,
  ) {
    this.default = own.get('') ?? outer?.default ?? '';
  }

  /** The scope inside an element with these declarations (prefix → namespace, '' for the default). */
  with(own: ReadonlyMap<string, string>): Scope {
    return new Scope(own, this);
  }

  /** The namespace bound to a prefix, undefined when it is not declared. */
  lookup(prefix: string): string | undefined {
    if (prefix === '') return this.default;
    for (let scope: Scope | undefined = this; scope; scope = scope.outer) {
      const found = scope.own.get(prefix);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
