import { postgresStore } from "allocell/store";
import { openDatabase } from "./database.js";
import { sqlDispensing } from "./dispensing.js";
import { Office } from "./office.js";
import { startServer } from "./server.js";
import { exampleTrial } from "./trial.js";

const { DATABASE_URL, PORT = "8787" } = process.env;
const database = await openDatabase(DATABASE_URL);
const office = await Office.open({
  data: exampleTrial(),
  store: postgresStore(database),
  dispensing: await sqlDispensing(database),
});
const { url, close } = await startServer(office, Number(PORT), (line) => {
  console.log(JSON.stringify(line));
});
console.log(`${DATABASE_URL === undefined ? "PGlite, in memory" : "PostgreSQL"}: ${url}/openapi.json`);

process.once("SIGINT", () => {
  void close()
    .then(() => database.close())
    .then(() => process.exit(0));
});
