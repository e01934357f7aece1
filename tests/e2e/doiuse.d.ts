// The part of doiuse that is used; its package declares no types for its entry.
declare module "doiuse" {
  import type { AcceptedPlugin } from "postcss";

  export default function doiuse(options: {
    browsers: string[];
    ignore: string[];
    onFeatureUsage(usage: { message: string }): void;
  }): AcceptedPlugin;
}
