/** What an explorer shows, and whether it can be used. */
export interface ArticleExplorerState {
  status: "waiting" | "loading" | "ready" | "failed";
  query: string;
  /** The slug of the open article. */
  article: string | null;
  /** How many articles match. */
  total: number;
}

export class ArticleExplorer extends HTMLElement {
  static readonly version: string;
  /** What is searched for. */
  query: string;
  /** The slug of the open article. */
  article: string | null;
  /** Where the explorer's own page is: links lead there. */
  home: string;
  theme: "" | "auto" | "light" | "dark";
  label: string;
  /** The level of the first headings, from 2 to 6. */
  headingLevel: string;
  loading: "" | "lazy" | "eager";
  routing: "" | "none" | "query" | "hash";
  /** A key that leads to the search field from anywhere on the page. */
  shortcut: string;
  view: "" | "search" | "list" | "article";
  /** Resolves once it can be used. */
  readonly ready: Promise<ArticleExplorer>;
  readonly state: ArticleExplorerState;
  search(query: string): void;
  open(article: string): void;
  showList(): void;
  reload(): void;
}

export interface ArticleExplorerEventMap {
  "article-explorer-ready": CustomEvent<Record<string, never>>;
  "article-explorer-search": CustomEvent<{ query: string; total: number }>;
  /** Before the reader goes to an article, or with `null` back to the list; `preventDefault()` keeps them there. */
  "article-explorer-navigate": CustomEvent<{ article: string | null }>;
  "article-explorer-navigated": CustomEvent<{ article: string | null }>;
  "article-explorer-error": CustomEvent<{ code: string; message: string; recoverable: boolean }>;
}

/** Makes the element known under another name. */
export function define(name?: string): void;

declare global {
  interface HTMLElementTagNameMap {
    "article-explorer": ArticleExplorer;
  }
  interface HTMLElementEventMap extends ArticleExplorerEventMap {}
}
