import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../main/resources/dev/tutti/pages');
const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const all = (folder = ROOT) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? all(path) : [relative(ROOT, path)];
  });

/** All modules that one imports, itself included. */
function modules(entry, found = new Set()) {
  if (found.has(entry)) return found;
  found.add(entry);
  for (const [, path] of read(entry).matchAll(/^(?:import|export) [^;]*?from '([^']+)'/gm)) {
    modules(normalize(join(dirname(entry), path)), found);
  }
  return found;
}

for (const [page, entry] of [['board.html', 'app/board/main.js'], ['chat.html', 'app/chat/main.js'], ['dashboard.html', 'app/dashboard/main.js'], ['index.html', 'app/start.js']]) {
  test(`${page} asks for all its modules at once, and for no others`, () => {
    const asked = [...read(page).matchAll(/modulepreload" href="\/([^"]+)"/g)].map(([, path]) => path);
    const needed = [...modules(entry)].filter((path) => path !== entry);
    assert.deepEqual(asked.toSorted(), needed.toSorted());
  });
}

for (const page of all().filter((file) => file.endsWith('.html'))) {
  test(`${page} asks only for files that are there`, () => {
    const files = new Set(all());
    for (const [, path] of read(page).matchAll(/(?:src|href)="\/([^"]+\.[^"]+)"/g)) assert.ok(files.has(path), path);
  });
}

test('no markup is ever made of text', () => {
  for (const path of all().filter((file) => file.endsWith('.js'))) {
    assert.doesNotMatch(read(path), /innerHTML|outerHTML|insertAdjacentHTML|document\.write\b|createContextualFragment|\beval\(|new Function/, path);
  }
});

test('no page has a script or a style within', () => {
  for (const path of all().filter((file) => file.endsWith('.html'))) {
    assert.doesNotMatch(read(path), /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/, path);
  }
});

test('colours are written in one place', () => {
  for (const path of all().filter((file) => file.endsWith('.css') && !file.endsWith('tokens.css'))) {
    assert.doesNotMatch(read(path), /oklch|rgb|hsl|#[0-9a-f]{3}/i, path);
  }
});

/** What the server leaves out of a module that it sends: comments that begin their line. */
const lean = (source) => source.replace(/^[ \t]*\/\*\*(?:(?!\*\/)[^])*\*\/[ \t]*$/gm, (comment) => comment.replace(/[^\n]/g, ''));

test('the client library, with all it loads at once, is sent in 12 KB', () => {
  const files = [...modules('tutti.js')];
  const bytes = files.map((path) => gzipSync(lean(read(path))).length).reduce((a, b) => a + b);
  assert.ok(bytes <= 12 * 1024, `${bytes} bytes in ${files.length} files`);
});

test('what the library loads later is what the outbox is stored with, and small too', () => {
  const later = [...modules('tutti/keeper.js')].filter((path) => !modules('tutti.js').has(path));
  assert.deepEqual(later.toSorted(), ['tutti/keeper.js', 'tutti/lane.js', 'tutti/shelf.js']);
  const bytes = later.map((path) => gzipSync(lean(read(path))).length).reduce((a, b) => a + b);
  assert.ok(bytes <= 4 * 1024, `${bytes} bytes`);
});
