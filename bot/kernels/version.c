/* What the library was compiled from: the SHA-256 of its C files, so that a stale one is not mistaken for a new one.
   `hatch_build.py` gives SOURCES. */

const char *made_of(void) {
    return SOURCES;
}
