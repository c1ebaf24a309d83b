// Unpacks the browser and its libraries below $TMPDIR and prints the browser's path.
// The package unpacks the libraries only where it believes to be on a hosted runtime, so it is told so.
process.env.AWS_LAMBDA_JS_RUNTIME = "nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");
console.log(await chromium.executablePath());
