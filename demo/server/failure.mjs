/** A refusal in the words of the protocol. */
export class Failure extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notFound = (what) => new Failure(404, 'not-found', `There is no ${what}`);
export const badRequest = (message) => new Failure(400, 'invalid-argument', message);
