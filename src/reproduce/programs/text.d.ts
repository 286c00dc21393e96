/** The text of a program: the build puts it into the package. */
declare module "*.py" {
  const text: string;
  export default text;
}
declare module "*.R" {
  const text: string;
  export default text;
}
