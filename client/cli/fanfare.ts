/** The package's own library, which is packed beside this command and loaded from there. */
export * from "../src/index";
