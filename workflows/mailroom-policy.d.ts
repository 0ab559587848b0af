/** `temporal.yaml`, compiled in by the bundler: see `src/workflow-bundle.ts`. */
declare module 'mailroom-policy' {
  const policy: import('../src/contract/activity-policy.ts').BundledPolicy;
  export default policy;
}
