import { Link } from 'react-router';
import { Notice } from '../components/notice.tsx';
import { PageHeader } from '../components/page-header.tsx';

export function NotFoundPage() {
  return (
    <div className="page">
      <div className="page-body">
        <PageHeader title="Nothing here" />
        <Notice title="There is no page at this address">
          <p>
            <Link to="/">Go to the overview</Link>
          </p>
        </Notice>
      </div>
    </div>
  );
}
