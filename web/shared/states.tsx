/** What a page shows when it has nothing else to show: loading, empty, failed, forbidden, unknown, broken. */
import { Component, type ReactNode } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';
import { ApiRefusal } from './api.js';

const texts = commonTexts.states;

export function State({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className="state">
      <h1>{title}</h1>
      {children}
    </section>
  );
}

export const Loading = () => (
  <p className="state" role="status">
    {texts.loading}
  </p>
);

export const Empty = ({ children = texts.empty }: { children?: ReactNode }) => (
  <p className="state muted">{children}</p>
);

export const NotFound = () => (
  <State title={texts.notFound}>
    <p>{texts.notFoundHint}</p>
    <a className="button" href="/">
      {texts.home}
    </a>
  </State>
);

/** The words of a refusal, with the clause that is its reason; or that no answer came. Nothing where nothing is wrong. */
export function FaultNotice({ fault }: { fault: unknown }) {
  if (fault === undefined || fault === null) return null;
  if (fault instanceof ApiRefusal) {
    const { title, detail, clause, errors } = fault.problem;
    return (
      <div className="notice bad" role="alert">
        <strong>{title}</strong>
        <p>
          {detail}
          {clause && commonTexts.clause(clause)}
        </p>
        {errors && errors.length > 0 && (
          <ul>
            {errors.map(({ field, detail: about }) => (
              <li key={field}>{about}</li>
            ))}
          </ul>
        )}
      </div>
    );
  }
  return (
    <div className="notice warn" role="alert">
      <strong>{texts.unreachable}</strong>
      <p>{texts.unreachableHint}</p>
    </div>
  );
}

export function FailedPage({ error, retry }: { error: unknown; retry: () => void }) {
  if (error instanceof ApiRefusal && error.status === 403)
    return (
      <State title={texts.forbidden}>
        <p>{error.problem.detail || texts.forbiddenHint}</p>
      </State>
    );
  if (error instanceof ApiRefusal && error.status === 404)
    return (
      <State title={texts.notFound}>
        <p>{error.problem.detail}</p>
      </State>
    );
  return (
    <State title={texts.failed}>
      <FaultNotice fault={error} />
      <button type="button" className="button" onClick={retry}>
        {texts.retry}
      </button>
    </State>
  );
}

/** What was read so far, and what became of the last try. */
export interface Reading<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

/** The page of a reading: what was read stays when reading it anew fails, with a word above it. */
export function Queried<T>({ query, children }: { query: Reading<T>; children: (data: T) => ReactNode }) {
  const { data, error } = query;
  if (data === undefined && error === null) return <Loading />;
  if (data === undefined) return <FailedPage error={error} retry={() => void query.refetch()} />;
  return (
    <>
      {error && <FaultNotice fault={error} />}
      {children(data)}
    </>
  );
}

/** A fault of the page itself. What was typed is kept by each form. */
export class Guard extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <State title={texts.broken}>
        <p>{texts.brokenHint}</p>
        <p className="small muted">{String(error)}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {texts.reload}
        </button>
      </State>
    );
  }
}
