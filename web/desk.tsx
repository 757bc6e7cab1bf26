/** The desk: office, supervisor, administrator. Units have pages of their own (web/phone.tsx). */
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import './base.css';
import './desk/desk.css';
import './desk/print.css';
import { queries } from './desk/queries.js';
import { router } from './desk/routes.js';
import { antdTheme } from './desk/theme.js';
import { goLive } from './shared/live.js';
import { mount } from './shared/mount.js';
import { Loading } from './shared/states.js';

const DARK = window.matchMedia('(prefers-color-scheme: dark)');
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

function Themed({ children }: { children: ReactNode }) {
  const [dark, setDark] = useState(DARK.matches);
  useEffect(() => {
    const follow = () => setDark(DARK.matches);
    DARK.addEventListener('change', follow);
    return () => DARK.removeEventListener('change', follow);
  }, []);
  return (
    <ConfigProvider locale={zhCN} csp={{ nonce }} theme={antdTheme(dark)}>
      <App component={false}>{children}</App>
    </ConfigProvider>
  );
}

function Desk() {
  useEffect(goLive, []);
  return (
    <QueryClientProvider client={queries}>
      <Themed>
        <RouterProvider router={router} />
      </Themed>
    </QueryClientProvider>
  );
}

const CodesDuePage = lazy(async () => ({ default: (await import('./desk/one-time-code.js')).CodesDuePage }));

mount(
  () => <Desk />,
  <Themed>
    <Suspense fallback={<Loading />}>
      <CodesDuePage />
    </Suspense>
  </Themed>,
);
