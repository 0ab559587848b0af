/** How a mailbox logs in. */
export type Credentials =
  | { readonly kind: 'password'; readonly password: string }
  | {
      readonly kind: 'token';
      /** Of the app and its secret, as a hash: a connection that another one signed in is not shared. */
      readonly identity?: string;
      /**
       * An OAuth access token that is good for a minute at least. `refused`: the token that the server did not take,
       * so that it is refreshed even before its time. Throws AuthenticationFailed when the grant is gone.
       */
      readonly getAccessToken: (refused?: string) => Promise<string>;
    };
