// cbor-x catches this and reads strings by itself.
throw new Error("the native reader is left out");
