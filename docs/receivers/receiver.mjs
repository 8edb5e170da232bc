// A receiver of BookGen's webhooks: Node 18 or newer, nothing to install.
//
//     WEBHOOK_SECRET=whsec_… node receiver.mjs 8080
//
// Put a proxy with HTTPS before it. What matters: verify the exact bytes before you read them, refuse old messages,
// treat a webhook-id that you have seen as done, answer at once and work afterwards.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

const TOLERANCE = 5 * 60; // seconds that a message may be old, or ahead of this clock
const LONGEST = 64 * 1024; // BookGen's messages are under 20,000 bytes

// The message's id, if one of its signatures is right; throws otherwise. `headers` in small letters, `body` a Buffer.
export function verify(secret, headers, body) {
  const id = headers["webhook-id"];
  const sent = headers["webhook-timestamp"];
  const signatures = headers["webhook-signature"];
  if (!id || !/^[0-9]+$/.test(sent ?? "") || !signatures) throw new Error("a header is missing or wrong");
  if (Math.abs(Date.now() / 1000 - Number(sent)) > TOLERANCE) throw new Error("too old, or a clock is wrong");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const right = createHmac("sha256", key).update(`${id}.${sent}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${right}`);
  // While a secret is changed there are two signatures; signatures of other versions are passed over.
  const matches = signatures.split(" ").some((one) => {
    const given = Buffer.from(one);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!matches) throw new Error("no signature is right");
  return id;
}

// Put your own here; what takes longer than a moment belongs in a queue of yours.
function work(event) {
  console.log(JSON.stringify({ got: event.type, data: event.data }));
}

export function receiver(secret) {
  const seen = new Set(); // keep this in your database
  return createServer((request, response) => {
    const pieces = [];
    let length = 0;
    request.on("data", (piece) => {
      length += piece.length;
      if (length > LONGEST) request.destroy();
      else pieces.push(piece);
    });
    request.on("end", () => {
      const body = Buffer.concat(pieces); // the bytes as they came, not parsed and written again
      let id;
      try {
        id = verify(secret, request.headers, body);
      } catch (error) {
        response.writeHead(400).end(error.message);
        return;
      }
      if (!seen.has(id)) {
        work(JSON.parse(body.toString("utf8")));
        seen.add(id);
      }
      response.writeHead(204).end();
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const secret = process.env.WEBHOOK_SECRET;
  if (!secret) {
    console.error("Set WEBHOOK_SECRET to the secret that BookGen has shown you.");
    process.exit(1);
  }
  const server = receiver(secret);
  server.listen(Number(process.argv[2]), "127.0.0.1", () => console.log(`listening on ${server.address().port}`));
}
