/** The address of a style sheet, as the build gives it. */
declare module '*.css?url&no-inline' {
  const url: string;
  export default url;
}
