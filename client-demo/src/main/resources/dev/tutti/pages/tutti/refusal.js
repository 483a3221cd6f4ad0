/** The server's no, with a sentence for a person. */
export class Refusal extends Error {
  /**
   * @param {string} code one of the protocol's codes: `rule`, `stale`, `forbidden`, …
   * @param {string} message a sentence for a person
   * @param {Record<string, any>} [details] what the code says more: `path`, `current`, …
   */
  constructor(code, message, details = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
