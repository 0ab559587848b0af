import './skeleton.css';

/** Holds the place of what is being read. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const keys = Array.from({ length: lines }, (_, line) => `line-${line}`);
  return (
    <div className="skeleton" role="status">
      {keys.map((key) => (
        <span key={key} className="skeleton-line" />
      ))}
      <span className="unseen">Loading</span>
    </div>
  );
}
