/** How outbound mail leaves. Username and password are both set or both undefined. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** tls: implicit TLS (RFC 8314). starttls: upgrade or fail (RFC 3207). none: plain text, only for loopback hosts. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Accept a certificate that no authority signed. Only for loopback hosts. */
  readonly allowSelfSigned: boolean;
}
