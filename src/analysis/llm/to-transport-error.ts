import { ServiceError } from '../../domain/service-error.ts';

/** What is left when a vendor's client threw no error of its own: the connection, or a body that broke off. */
export function toTransportError(vendor: string, error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  // A body that breaks off or is no JSON surfaces as a TypeError or SyntaxError of the transport.
  const isTransport = error instanceof TypeError || error instanceof SyntaxError;
  const says = isTransport ? `The answer of ${vendor} cannot be read` : `The call to ${vendor} failed`;
  return new ServiceError(isTransport ? 'Unavailable' : 'Internal', says, { cause: error });
}
