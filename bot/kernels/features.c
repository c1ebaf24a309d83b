/* The features of many messages at once, from what was seen in them. Called from bulk.py. */

#include <math.h>
#include <stdint.h>

#define BLOCKS 3

/* How many of `keys` from `begin` on are equal. */
static int64_t run_of(const int64_t *keys, int64_t begin, int64_t size) {
    int64_t end = begin + 1;
    while (end < size && keys[end] == keys[begin]) end++;
    return end - begin;
}

/* One block of features, from all that was seen of it: the row and the key of each occurrence, in the order of keys,
   and those of a row together. A key that fewer than `needed` rows have is dropped. `found` gets the other keys, `df`
   how many rows have each; `ends` (all 0 before, with a place more than there are rows) gets where the entries of each
   row end, and start; `ids` and `times` get which of the keys found a row has, in order, and how often. Tells how many
   keys were found. */
int64_t count_features(const int64_t *rows, const int64_t *keys, int64_t size, int64_t messages, int64_t needed,
                       int64_t *found, int64_t *df, int64_t *ends, int32_t *ids, int32_t *times) {
    int64_t count = 0;
    for (int64_t begin = 0, run; begin < size; begin += run) {
        int64_t seen = 1;
        run = run_of(keys, begin, size);
        for (int64_t n = begin + 1; n < begin + run; n++) seen += rows[n] != rows[n - 1];
        if (seen < needed) continue;
        for (int64_t n = begin; n < begin + run; n++)
            if (n == begin || rows[n] != rows[n - 1]) ends[rows[n] + 1]++;
        found[count] = keys[begin];
        df[count++] = seen;
    }
    for (int64_t row = 0; row < messages; row++) ends[row + 1] += ends[row];
    for (int64_t begin = 0, run, key = 0; begin < size && key < count; begin += run) {
        run = run_of(keys, begin, size);
        if (keys[begin] != found[key]) continue;
        for (int64_t n = begin; n < begin + run; n++) {
            if (n == begin || rows[n] != rows[n - 1]) {
                ids[ends[rows[n]]] = (int32_t)key;
                times[ends[rows[n]]++] = 0;
            }
            times[ends[rows[n]] - 1]++;
        }
        key++;
    }
    for (int64_t row = messages; row > 0; row--) ends[row] = ends[row - 1];
    ends[0] = 0;
    return count;
}

typedef struct {
    int64_t start;          /* number of the block's first feature */
    double weight;
    const int64_t *ends;    /* as `count_features` left them */
    const int32_t *ids, *times;
    const float *idf;
} Block;

/* Puts the blocks side by side: each of its own weight, the whole row of unit length. `often` has what it counts that a
   feature stands so many times in a message. `ends` is filled in already; `room` is for the longest row. */
void join_features(const Block *blocks, const double *often, int64_t rows, const int64_t *ends, int64_t *ids,
                   float *values, double *room) {
    for (int64_t row = 0; row < rows; row++) {
        int64_t at = 0, begin = ends[row];
        double whole = 0.0;
        for (const Block *block = blocks; block < blocks + BLOCKS; block++) {
            int64_t first = at;
            double square = 0.0;
            for (int64_t n = block->ends[row]; n < block->ends[row + 1]; n++) {
                ids[begin + at] = block->ids[n] + block->start;
                room[at] = block->idf[block->ids[n]] * often[block->times[n]];
                square += room[at] * room[at];
                at++;
            }
            for (int64_t n = first; n < at; n++) {
                room[n] = room[n] / sqrt(square) * block->weight;
                whole += room[n] * room[n];
            }
        }
        for (int64_t n = 0; n < at; n++) values[begin + n] = (float)(room[n] / sqrt(whole));
    }
}
