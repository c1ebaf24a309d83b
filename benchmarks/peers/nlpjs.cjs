// nlp.js as a peer: one JSON object in on stdin ({language, module, train: [[text, intent]], messages}), one out.
// `module` is the class of the language, for example LangEn. Run in the folder whose node_modules has the packages.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const from = createRequire(join(process.cwd(), 'package.json'));

async function main() {
  const { language, module, train, messages } = JSON.parse(readFileSync(0, 'utf8'));
  const { containerBootstrap, Nlp } = from('@nlpjs/basic');
  const Language = from(`@nlpjs/lang-${language}`)[module];
  const container = await containerBootstrap();
  container.use(Language);
  container.use(Nlp);
  const nlp = container.get('nlp');
  Object.assign(nlp.settings, { autoSave: false, forceNER: false, calculateSentiment: false });
  container.register('fs', { writeFile: async () => true, existsSync: () => false }, true);
  nlp.addLanguage(language);
  for (const [text, intent] of train) {
    nlp.addDocument(language, text, intent);
  }
  const log = console.log;
  console.log = () => {};
  const began = performance.now();
  await nlp.train();
  const fitted = performance.now() - began;
  console.log = log;
  const answers = [];
  const took = [];
  for (const message of messages) {
    const start = performance.now();
    const found = await nlp.process(language, message, {}, { spellCheck: true });
    took.push(performance.now() - start);
    const best = (found.classifications || []).find(({ intent }) => intent !== 'None');
    answers.push(best ? [best.intent, best.score] : ['', 0]);
  }
  const memory = process.memoryUsage().rss / 2 ** 20;
  process.stdout.write(JSON.stringify({ answers, fit_s: fitted / 1000, took_ms: took, memory_mb: memory }));
}

main();
