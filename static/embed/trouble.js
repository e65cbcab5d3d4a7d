// Says in the reader's language what is in the way. What the page says is where its program is; if that does not come either,
// the message stays English.

const SPOKEN = "{languages}".split(" ");

/** Translates the texts of `box`, if one of the `languages`, best first, is spoken here. */
export async function translate(box, languages, home) {
  const known = languages.split(" ").map((tag) => tag.split("-")[0].toLowerCase());
  const lang = known.find((tag) => SPOKEN.includes(tag));
  if (!lang || lang == "en") return;
  const words = await fetch(`${home}words/${lang}.txt`, { credentials: "omit", signal: AbortSignal.timeout(2000) });
  if (!words.ok) return;
  const pairs = (await words.text()).split("\n").map((line) => line.split(" → "));
  // What differs from time to time follows a sentence.
  pairs.sort(([one], [other]) => other.length - one.length);
  for (const part of box.querySelectorAll(":is(p, a, button, summary):not(details p)")) {
    const [english, own] = pairs.find(([english, own]) => own && part.textContent.startsWith(english)) ?? ["", ""];
    part.textContent = own + part.textContent.slice(english.length);
  }
  Object.assign(box, { lang, dir: "auto" });
  // It may be known by the words.
  Object.assign(box.querySelector("details p"), { lang: "en", dir: "ltr" });
}
