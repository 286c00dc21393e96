/** The calls of `node:path` that the commands make, for paths with `/`: a page has no other. */

function normalized(path: string): string {
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return (path.startsWith("/") ? "/" : "") + kept.join("/");
}

export const sep = "/";

/** The last absolute path, and those behind it. */
export function resolve(...paths: readonly string[]): string {
  const joined = paths.reduce((before, path) => (path.startsWith("/") ? path : `${before}/${path}`), "/");
  return normalized(joined);
}

export const join = (...paths: readonly string[]): string => {
  const path = normalized(paths.filter((part) => part !== "").join("/"));
  return path === "" ? "." : path;
};

export function dirname(path: string): string {
  const at = path.lastIndexOf("/");
  return at < 0 ? "." : path.slice(0, Math.max(1, at));
}

export const basename = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

export function relative(from: string, to: string): string {
  const [own, other] = [from, to].map((path) => path.split("/").filter((part) => part !== "")) as [string[], string[]];
  let same = 0;
  while (same < own.length && own[same] === other[same]) same += 1;
  return [...own.slice(same).map(() => ".."), ...other.slice(same)].join("/");
}
