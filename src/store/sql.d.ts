/** The text of an SQL file: the build puts it into the program. */
declare module "*.sql" {
  const text: string;
  export default text;
}
