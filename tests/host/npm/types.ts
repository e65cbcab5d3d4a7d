// Checked by the compiler, never run.
import init, { search, suggest, articles, article, related, ArticleExplorerError, type Answer, type Article } from "article-explorer";
import { define, type ArticleExplorer } from "article-explorer/element";

await init();
const answer: Answer = search("huawei", { limit: 10, sort: "newest", filters: { source: ["Defence Notes"] } });
const first: Article | undefined = answer.hits[0];
const marks: [number, number][] = first?.passages?.[0]?.marks ?? [];
const date: string | null = first?.date ?? null;
for (const note of answer.notes) if (note.kind === "corrected") console.log(note.used, marks, date);
console.log(suggest("a")[0]?.query, articles().length, article("x")?.blocks, related("x", { limit: 1 })[0]?.shared);
// @ts-expect-error
search("a", { sort: "best" });
try { search("a"); } catch (error) { if (error instanceof ArticleExplorerError) console.log(error.code); }

define("my-explorer");
const element: ArticleExplorer | null = document.querySelector("article-explorer");
element?.addEventListener("article-explorer-search", ({ detail }) => console.log(detail.total.toFixed()));
element?.ready.then((explorer) => explorer.open("slug"));
