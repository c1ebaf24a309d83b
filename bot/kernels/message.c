/* The features of one message, out of those that the content has. Called from scoring.py, which says what the numbers
   mean. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define BLOCKS 3
#define LONGEST_GRAM 4
#define PAIR ((int64_t)1 << 60)
#define LETTERS ((int64_t)1 << 62)

typedef struct {
    int64_t stems;               /* how many numbers stems have */
    int64_t paired;              /* pairs are taken from this many known words */
    int64_t mask;                /* size of the index less one; a power of two less one */
    const int64_t *keys;         /* of each feature */
    const int32_t *index;        /* hash table over the keys: the feature, or -1 */
    const float *idf;            /* of each feature */
    const float *weights;        /* of the three blocks */
} Content;

typedef struct {
    int64_t id, order, first, second;
} Seen;

static uint64_t spread(int64_t key, int64_t mask) {
    uint64_t mixed = (uint64_t)key * 0x9E3779B97F4A7C15u;
    return (mixed ^ (mixed >> 32)) & (uint64_t)mask;
}

/* Fills a hash table of `mask` + 1 places, all -1 before, with the places of the keys. */
void index_keys(const int64_t *keys, int64_t count, int32_t *index, int64_t mask) {
    for (int64_t n = 0; n < count; n++) {
        uint64_t at = spread(keys[n], mask);
        while (index[at] >= 0) at = (at + 1) & (uint64_t)mask;
        index[at] = (int32_t)n;
    }
}

static int64_t feature(const Content *content, int64_t key) {
    uint64_t at = spread(key, content->mask);
    while (content->index[at] >= 0 && content->keys[content->index[at]] != key) at = (at + 1) & (uint64_t)content->mask;
    return content->index[at];
}

/* Room for the features of one block, while they are found. */
typedef struct {
    Seen *seen;
    int64_t count;
} Block;

static void see(const Content *content, Block *block, int64_t key, int64_t first, int64_t second) {
    int64_t id = feature(content, key);
    if (id < 0) return;
    block->seen[block->count] = (Seen){id, block->count, first, second};
    block->count++;
}

static int by_id(const void *a, const void *b) {
    const Seen *x = a, *y = b;
    if (x->id != y->id) return x->id < y->id ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Stems, and stems that stand side by side; then pairs anywhere. `known` are the places of known stems. */
static void see_stems(const Content *content, Block *blocks, const int64_t *stems, const int64_t *known, int64_t count) {
    int64_t start = content->stems, end = start + 1, width = start + 2;
    for (int64_t n = 0; n < count; n++) see(content, &blocks[0], stems[known[n]], known[n], known[n]);
    for (int64_t n = 0; count && n <= count; n++) {
        int64_t left = n ? stems[known[n - 1]] : start, right = n < count ? stems[known[n]] : end;
        see(content, &blocks[0], left * width + right + width, known[n ? n - 1 : 0], known[n < count ? n : count - 1]);
    }
    int64_t most = count < content->paired ? count : content->paired;
    for (int64_t i = 0; i < most; i++) {
        for (int64_t j = i + 1; j < most; j++) {
            int64_t a = stems[known[i]], b = stems[known[j]];
            int64_t low = a < b ? a : b, high = a < b ? b : a;
            see(content, &blocks[1], low * width + high + PAIR, known[i], known[j]);
        }
    }
}

/* The pieces of 2 to 4 letters of each word with its borders. Words end with 0; an empty one has no pieces. */
static void see_letters(const Content *content, Block *block, const uint32_t *text, int64_t size) {
    int64_t word = 0;
    for (int64_t begin = 0; begin < size; word++) {
        int64_t end = begin;
        while (end < size && text[end]) end++;
        for (int64_t length = 2; end > begin && length <= LONGEST_GRAM; length++) {
            for (int64_t at = begin - 1; at + length <= end + 1; at++) {
                int64_t key = 0;
                for (int64_t n = at; n < at + length; n++)
                    key = key << 15 | (n < begin || n >= end ? ' ' : (text[n] & 0x7FFF));
                see(content, block, key - LETTERS, word, word);
            }
        }
        begin = end + 1;
    }
}

/* Joins equal features of a block, and writes the block behind what is there; tells the new number of features. */
static int64_t settle(const Content *content, Block *block, float weight, int64_t count, int64_t *ids, int64_t *first,
                      int64_t *second, float *values) {
    double square = 0.0;
    int64_t begin = count;
    qsort(block->seen, (size_t)block->count, sizeof(Seen), by_id);
    for (int64_t n = 0; n < block->count;) {
        int64_t times = 1;
        while (n + times < block->count && block->seen[n + times].id == block->seen[n].id) times++;
        ids[count] = block->seen[n].id;
        first[count] = block->seen[n].first;
        second[count] = block->seen[n].second;
        values[count] = content->idf[ids[count]] * (float)(1.0 + log((double)times));
        square += (double)values[count] * values[count];
        count++;
        n += times;
    }
    for (int64_t n = begin; n < count; n++) values[n] *= (float)(weight / sqrt(square));
    return count;
}

/* The features of a message, of unit length; tells how many, or -1 when there is no memory. `stems` has the number of
   each word's stem, or -1. The four outputs have room for every feature there might be: `room`. */
int64_t message_vector(const Content *content, const int64_t *stems, int64_t words, const uint32_t *text, int64_t size,
                       int64_t room, int64_t *ids, int64_t *first, int64_t *second, float *values) {
    int64_t count = -1, known = 0;
    double square = 0.0;
    Seen *seen = malloc((size_t)(room + 1) * BLOCKS * sizeof(Seen));
    int64_t *places = malloc((size_t)(words + 1) * sizeof(int64_t));
    if (seen && places) {
        Block blocks[BLOCKS] = {{seen, 0}, {seen + room, 0}, {seen + 2 * room, 0}};
        for (int64_t n = 0; n < words; n++)
            if (stems[n] >= 0) places[known++] = n;
        see_stems(content, blocks, stems, places, known);
        see_letters(content, &blocks[2], text, size);
        count = 0;
        for (int64_t n = 0; n < BLOCKS; n++)
            count = settle(content, &blocks[n], content->weights[n], count, ids, first, second, values);
        for (int64_t n = 0; n < count; n++) square += (double)values[n] * values[n];
        for (int64_t n = 0; n < count; n++) values[n] /= (float)sqrt(square);
    }
    free(seen);
    free(places);
    return count;
}

