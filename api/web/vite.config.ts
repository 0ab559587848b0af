import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The API's policy refuses inline scripts and data: URLs of scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: { '/api': server, '/health': server, '/docs': server, '/metrics': server },
    // The vocabulary is shared with the server: src/domain lies above this folder.
    fs: { allow: ['../..'] },
  },
});
