/* What the fitted arrays say about one message: its features, the score of every intent, the best few intents, and
   how alike the message is to their examples. Called from scoring.py, which says what the numbers mean. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 3
#define NEIGHBOURS 3
#define LONGEST_GRAM 4
#define PAIR ((int64_t)1 << 60)
#define LETTERS ((int64_t)1 << 62)
#define NO_ROOM -2

typedef struct {
    int64_t stems;               /* how many numbers stems have */
    int64_t paired;              /* pairs are taken from this many known words */
    int64_t columns;             /* intents, and out of scope */
    int64_t mask;                /* size of the index less one; a power of two less one */
    int64_t uses;                /* length of stem_uses */
    int64_t topic;               /* numbers of a topic; none in a language without vectors */
    const int64_t *keys;         /* of each feature */
    const int32_t *index;        /* hash table over the keys: the feature, or -1 */
    const float *idf;            /* of each feature */
    const float *weights;        /* of the three blocks */
    const float *intercepts;     /* of each column */
    const int32_t *weight_starts, *weight_columns;
    const float *weight_values;
    const int32_t *row_starts;   /* where the examples of each column start */
    const int32_t *posting_starts, *posting_rows;
    const float *posting_values;
    const float *stem_weights;
    const int64_t *stem_uses;    /* sorted: stem * columns + column */
    const float *topic_weights;  /* topic x columns */
} Model;

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

static int64_t feature(const Model *model, int64_t key) {
    uint64_t at = spread(key, model->mask);
    while (model->index[at] >= 0 && model->keys[model->index[at]] != key) at = (at + 1) & (uint64_t)model->mask;
    return model->index[at];
}

/* Room for the features of one block, while they are found. */
typedef struct {
    Seen *seen;
    int64_t count;
} Block;

static void see(const Model *model, Block *block, int64_t key, int64_t first, int64_t second) {
    int64_t id = feature(model, key);
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
static void see_stems(const Model *model, Block *blocks, const int64_t *stems, const int64_t *known, int64_t count) {
    int64_t start = model->stems, end = start + 1, width = start + 2;
    for (int64_t n = 0; n < count; n++) see(model, &blocks[0], stems[known[n]], known[n], known[n]);
    for (int64_t n = 0; count && n <= count; n++) {
        int64_t left = n ? stems[known[n - 1]] : start, right = n < count ? stems[known[n]] : end;
        see(model, &blocks[0], left * width + right + width, known[n ? n - 1 : 0], known[n < count ? n : count - 1]);
    }
    int64_t most = count < model->paired ? count : model->paired;
    for (int64_t i = 0; i < most; i++) {
        for (int64_t j = i + 1; j < most; j++) {
            int64_t a = stems[known[i]], b = stems[known[j]];
            int64_t low = a < b ? a : b, high = a < b ? b : a;
            see(model, &blocks[1], low * width + high + PAIR, known[i], known[j]);
        }
    }
}

/* The pieces of 2 to 4 letters of each word with its borders. Words end with 0; an empty one has no pieces. */
static void see_letters(const Model *model, Block *block, const uint32_t *text, int64_t size) {
    int64_t word = 0;
    for (int64_t begin = 0; begin < size; word++) {
        int64_t end = begin;
        while (end < size && text[end]) end++;
        for (int64_t length = 2; end > begin && length <= LONGEST_GRAM; length++) {
            for (int64_t at = begin - 1; at + length <= end + 1; at++) {
                int64_t key = 0;
                for (int64_t n = at; n < at + length; n++)
                    key = key << 15 | (n < begin || n >= end ? ' ' : (text[n] & 0x7FFF));
                see(model, block, key - LETTERS, word, word);
            }
        }
        begin = end + 1;
    }
}

/* Joins equal features of a block, and writes the block behind what is there; tells the new number of features. */
static int64_t settle(const Model *model, Block *block, float weight, int64_t count, int64_t *ids, int64_t *first,
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
        values[count] = model->idf[ids[count]] * (float)(1.0 + log((double)times));
        square += (double)values[count] * values[count];
        count++;
        n += times;
    }
    for (int64_t n = begin; n < count; n++) values[n] *= (float)(weight / sqrt(square));
    return count;
}

/* The features of a message, of unit length; tells how many, or -1 when there is no memory. `stems` has the number of
   each word's stem, or -1. The four outputs have room for every feature there might be: `room`. */
int64_t message_vector(const Model *model, const int64_t *stems, int64_t words, const uint32_t *text, int64_t size,
                       int64_t room, int64_t *ids, int64_t *first, int64_t *second, float *values) {
    int64_t count = -1, known = 0;
    double square = 0.0;
    Seen *seen = malloc((size_t)(room + 1) * BLOCKS * sizeof(Seen));
    int64_t *places = malloc((size_t)(words + 1) * sizeof(int64_t));
    if (seen && places) {
        Block blocks[BLOCKS] = {{seen, 0}, {seen + room, 0}, {seen + 2 * room, 0}};
        for (int64_t n = 0; n < words; n++)
            if (stems[n] >= 0) places[known++] = n;
        see_stems(model, blocks, stems, places, known);
        see_letters(model, &blocks[2], text, size);
        count = 0;
        for (int64_t n = 0; n < BLOCKS; n++)
            count = settle(model, &blocks[n], model->weights[n], count, ids, first, second, values);
        for (int64_t n = 0; n < count; n++) square += (double)values[n] * values[n];
        for (int64_t n = 0; n < count; n++) values[n] /= (float)sqrt(square);
    }
    free(seen);
    free(places);
    return count;
}

/* What each column says about a message of these features and this topic. */
static void say_columns(const Model *model, const int64_t *ids, const float *values, int64_t count,
                        const float *topic, double *says) {
    for (int64_t k = 0; k < model->columns; k++) says[k] = model->intercepts[k];
    for (int64_t n = 0; n < model->topic; n++) {
        const float *line = model->topic_weights + n * model->columns;
        for (int64_t k = 0; k < model->columns; k++) says[k] += (double)(topic[n] * line[k]);
    }
    for (int64_t n = 0; n < count; n++) {
        for (int32_t at = model->weight_starts[ids[n]]; at < model->weight_starts[ids[n] + 1]; at++)
            says[model->weight_columns[at]] += (double)(model->weight_values[at] * values[n]);
    }
}

/* The first place in sorted `rows` that is not below `wanted`. */
static int32_t lower(const int32_t *rows, int32_t begin, int32_t end, int32_t wanted) {
    while (begin < end) {
        int32_t middle = begin + (end - begin) / 2;
        if (rows[middle] < wanted)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

/* The mean of the largest `NEIGHBOURS` of likenesses (fewer, if there are), and the place of the first largest. */
static double mean_of_best(const float *likeness, int64_t size, int64_t *first) {
    double best[NEIGHBOURS], sum = 0.0;
    int64_t found = 0;
    *first = 0;
    for (int64_t n = 0; n < size; n++) {
        if (likeness[n] > likeness[*first]) *first = n;
        int64_t at = found < NEIGHBOURS ? found++ : likeness[n] > best[NEIGHBOURS - 1] ? NEIGHBOURS - 1 : -1;
        for (; at > 0 && best[at - 1] < likeness[n]; at--) best[at] = best[at - 1];
        if (at >= 0) best[at] = likeness[n];
    }
    for (int64_t n = 0; n < found; n++) sum += best[n];
    return sum / (double)found;
}

/* How alike a message is to the nearest examples of a column, and the row of the nearest (-1: it has none; `NO_ROOM`:
   there is no memory). `ids` and `values` are the words of the message. */
static double nearest(const Model *model, const int64_t *ids, const float *values, int64_t count, int64_t column,
                      int64_t *row) {
    int32_t first = model->row_starts[column], last = model->row_starts[column + 1];
    *row = -1;
    if (first == last) return 0.0;
    float *likeness = calloc((size_t)(last - first), sizeof(float));
    if (!likeness) {
        *row = NO_ROOM;
        return 0.0;
    }
    for (int64_t n = 0; n < count; n++) {
        int32_t end = model->posting_starts[ids[n] + 1];
        int32_t at = lower(model->posting_rows, model->posting_starts[ids[n]], end, first);
        for (; at < end && model->posting_rows[at] < last; at++)
            likeness[model->posting_rows[at] - first] += model->posting_values[at] * values[n];
    }
    double mean = mean_of_best(likeness, last - first, row);
    *row += first;
    free(likeness);
    return mean;
}

/* The features of a message that are words or pairs of words, of unit length; tells how many. */
static int64_t only_words(const Model *model, const int64_t *ids, const float *values, int64_t count, int64_t *word_ids,
                          float *word_values) {
    double square = 0.0;
    int64_t found = 0;
    for (int64_t n = 0; n < count; n++) {
        if (model->keys[ids[n]] < 0) continue;
        word_ids[found] = ids[n];
        word_values[found++] = values[n];
        square += (double)values[n] * values[n];
    }
    for (int64_t n = 0; n < found; n++) word_values[n] /= (float)sqrt(square);
    return found;
}

static int uses(const Model *model, int64_t stem, int64_t column) {
    int64_t wanted = stem * model->columns + column, begin = 0, end = model->uses;
    while (begin < end) {
        int64_t middle = begin + (end - begin) / 2;
        if (model->stem_uses[middle] < wanted)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin < model->uses && model->stem_uses[begin] == wanted;
}

/* The columns that say most, best first; of equals the first. */
static int64_t choose_best(const double *says, int64_t columns, int64_t most, int64_t *best) {
    int64_t found = 0;
    for (int64_t k = 0; k < columns; k++) {
        int64_t at = found < most ? found++ : says[k] > says[best[most - 1]] ? most - 1 : -1;
        if (at < 0) continue;
        for (; at > 0 && says[best[at - 1]] < says[k]; at--) best[at] = best[at - 1];
        best[at] = k;
    }
    return found;
}

/* The best columns of a message, at most `most`; tells how many, or -1 when there is no memory. `found` gets, for each,
   its column, what it says, how alike the nearest examples are, the row of the nearest, and what the stems of the
   message weigh that its examples use. */
int64_t best_columns(const Model *model, const int64_t *stems, int64_t words, const int64_t *ids, const float *values,
                     int64_t count, const float *topic, int64_t most, double *found) {
    double *says = malloc((size_t)(model->columns + 1) * sizeof(double));
    int64_t *best = malloc((size_t)(most + 1) * sizeof(int64_t));
    int64_t *word_ids = malloc((size_t)(count + 1) * sizeof(int64_t));
    float *word_values = malloc((size_t)(count + 1) * sizeof(float));
    int64_t number = -1;
    if (says && best && word_ids && word_values) {
        int64_t compared = only_words(model, ids, values, count, word_ids, word_values);
        say_columns(model, ids, values, count, topic, says);
        number = choose_best(says, model->columns, most, best);
        for (int64_t n = 0; n < number; n++, found += 5) {
            int64_t row;
            double used = 0.0;
            found[2] = nearest(model, word_ids, word_values, compared, best[n], &row);
            if (row == NO_ROOM) {
                number = -1;
                break;
            }
            for (int64_t w = 0; w < words; w++)
                if (stems[w] >= 0 && uses(model, stems[w], best[n])) used += model->stem_weights[stems[w]];
            found[0] = (double)best[n];
            found[1] = says[best[n]];
            found[3] = (double)row;
            found[4] = used;
        }
    }
    free(says);
    free(best);
    free(word_ids);
    free(word_values);
    return number;
}
