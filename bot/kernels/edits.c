/* What a slip of the fingers costs, and the words of a list that are a slip or two away from what was typed.

   Words are numbers: one for each letter. The list is indexed by the forms of every word's first letters with up to
   two letters left out: two words that are an edit or two apart have such a form in common (Garbe's symmetric
   deletion). Called from edits.py and reach.py, which say what the numbers mean. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 48 /* letters of a word; reach.py has it too */
#define PREFIX 7
#define ALPHABET 4096
#define MOST_FORMS 29 /* of seven letters: 1 + 7 + 21 */

typedef struct {
    const uint8_t *classes;   /* of each of the first ALPHABET letters */
    const float *replaced;    /* class by class, what it costs to type one for the other */
    int64_t count;            /* of classes */
    float doubled, swapped, inserted, left_out, other, first_letter;
} Slips;

typedef struct {
    const Slips *slips;
    const int32_t *letters;   /* of all words, one after the other */
    const int32_t *starts;    /* where each word starts; one more at the end */
    const int32_t *heads;     /* where the words of each bucket start; one more at the end */
    const int32_t *numbers;   /* the words, bucket by bucket */
    const int64_t *counts;    /* how often the content uses each word */
    const int64_t *pair_keys; /* sorted: first word * words + second word */
    const int64_t *pair_counts;
    int64_t words, buckets, pairs;
    double size, side, floor; /* see context.py */
} Reach;

static float smaller(float a, float b) { return a < b ? a : b; }

static float replace(const Slips *slips, int32_t a, int32_t b) {
    if (a >= ALPHABET || b >= ALPHABET) return slips->other;
    return slips->replaced[slips->classes[a] * slips->count + slips->classes[b]];
}

static float insert(const Slips *slips, const int32_t *typed, int64_t i) {
    return i > 0 && typed[i] == typed[i - 1] ? slips->doubled : slips->inserted;
}

static float leave_out(const Slips *slips, const int32_t *meant, int64_t j) {
    return j > 0 && meant[j] == meant[j - 1] ? slips->doubled : slips->left_out;
}

/* Weighted optimal string alignment; at most LONGEST letters each. */
float edit_cost(const Slips *slips, const int32_t *typed, int64_t n, const int32_t *meant, int64_t m) {
    float rows[3][LONGEST + 1];
    float *before = rows[0], *above = rows[1], *row = rows[2];
    above[0] = 0.0f;
    for (int64_t j = 0; j < m; j++) above[j + 1] = above[j] + leave_out(slips, meant, j);
    for (int64_t i = 0; i < n; i++) {
        float more = insert(slips, typed, i);
        row[0] = above[0] + more;
        for (int64_t j = 0; j < m; j++) {
            int same = typed[i] == meant[j];
            float best = above[j] + (same ? 0.0f : replace(slips, typed[i], meant[j]));
            best = smaller(best, above[j + 1] + more);
            best = smaller(best, row[j] + leave_out(slips, meant, j));
            if (i > 0 && j > 0 && !same && typed[i] == meant[j - 1] && typed[i - 1] == meant[j])
                best = smaller(best, before[j - 1] + slips->swapped);
            row[j + 1] = best;
        }
        float *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m] + (n && m && typed[0] != meant[0] ? slips->first_letter : 0.0f);
}

/* How many edits two words are apart (swaps of neighbours are one), or limit + 1; the limit is 1 or 2. */
static int64_t edits(const int32_t *typed, int64_t n, const int32_t *meant, int64_t m, int64_t limit) {
    if (n - m > limit || m - n > limit) return limit + 1;
    while (n && m && typed[n - 1] == meant[m - 1]) n--, m--;
    while (n && m && *typed == *meant) typed++, meant++, n--, m--;
    if (!n || !m) return n + m;
    int32_t rows[3][LONGEST + 1];
    int32_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (int64_t j = 0; j <= m; j++) above[j] = (int32_t)j;
    for (int64_t i = 0; i < n; i++) {
        int32_t least = row[0] = (int32_t)i + 1;
        for (int64_t j = 0; j < m; j++) {
            int32_t best = above[j] + (typed[i] != meant[j]);
            if (above[j + 1] + 1 < best) best = above[j + 1] + 1;
            if (row[j] + 1 < best) best = row[j] + 1;
            if (i > 0 && j > 0 && typed[i] == meant[j - 1] && typed[i - 1] == meant[j] && before[j - 1] + 1 < best)
                best = before[j - 1] + 1;
            row[j + 1] = best;
            if (best < least) least = best;
        }
        if (least > limit) return limit + 1;
        int32_t *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m];
}

static uint32_t hashed(const int32_t *word, int64_t n, int64_t skip, int64_t other) {
    uint32_t hash = 2166136261u;
    for (int64_t i = 0; i < n; i++)
        if (i != skip && i != other) hash = (hash ^ (uint32_t)word[i]) * 16777619u;
    hash ^= hash >> 15;
    hash *= 0x85EBCA6Bu;
    return hash ^ hash >> 13;
}

/* The hashes of a word's first letters with up to `most` of them left out; tells how many there are. */
static int64_t forms(const int32_t *word, int64_t n, int64_t most, uint32_t *found) {
    int64_t count = 0;
    if (n > PREFIX) n = PREFIX;
    found[count++] = hashed(word, n, -1, -1);
    for (int64_t i = 0; i < n && most > 0; i++) {
        found[count++] = hashed(word, n, i, -1);
        for (int64_t j = i + 1; j < n && most > 1; j++) found[count++] = hashed(word, n, i, j);
    }
    return count;
}

/* Two edits are looked for from four letters on, so a short word needs fewer forms. */
static int64_t left_out_of(int64_t n) { return n < 4 ? 1 : 2; }

/* Counts the forms of all words. */
int64_t reach_forms(const int32_t *letters, const int32_t *starts, int64_t words) {
    uint32_t found[MOST_FORMS];
    int64_t total = 0;
    for (int64_t w = 0; w < words; w++) {
        int64_t n = starts[w + 1] - starts[w];
        if (n) total += forms(letters + starts[w], n, left_out_of(n), found);
    }
    return total;
}

/* Sorts the forms of all words into buckets (a power of two); `heads` has one place more, and starts as zeros. */
void reach_index(const int32_t *letters, const int32_t *starts, int64_t words, int32_t *heads, int64_t buckets,
                 int32_t *numbers) {
    uint32_t found[MOST_FORMS], mask = (uint32_t)(buckets - 1);
    for (int64_t w = 0; w < words; w++) {
        int64_t n = starts[w + 1] - starts[w], count = n ? forms(letters + starts[w], n, left_out_of(n), found) : 0;
        for (int64_t k = 0; k < count; k++) heads[found[k] & mask]++;
    }
    for (int64_t b = 1; b <= buckets; b++) heads[b] += heads[b - 1];
    for (int64_t w = words - 1; w >= 0; w--) {
        int64_t n = starts[w + 1] - starts[w], count = n ? forms(letters + starts[w], n, left_out_of(n), found) : 0;
        for (int64_t k = 0; k < count; k++) numbers[--heads[found[k] & mask]] = (int32_t)w;
    }
}

/* How often one word follows another. */
static double together(const Reach *reach, int64_t first, int64_t second) {
    int64_t key = first * reach->words + second, low = 0, high = reach->pairs;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (reach->pair_keys[middle] < key) low = middle + 1;
        else high = middle;
    }
    return low < reach->pairs && reach->pair_keys[low] == key ? (double)reach->pair_counts[low] : 0.0;
}

/* How likely a word is between two others (-1: not of the list), as context.py has it for single words. */
static double likely(const Reach *reach, int64_t left, int64_t word, int64_t right) {
    double count = (double)reach->counts[word], alone = (count + reach->floor) / reach->size;
    double follows = left >= 0 ? together(reach, left, word) / (double)reach->counts[left] : alone;
    double score = log(reach->side * follows + (1 - reach->side) * alone);
    if (right < 0) return score;
    double usual = ((double)reach->counts[right] + reach->floor) / reach->size;
    double leads = count > 0 ? together(reach, word, right) / count : usual;
    return score + log((reach->side * leads + (1 - reach->side) * usual) / usual);
}

/* The words within `limit` (1 or 2) edits: number, edits, cost of the slips, and how likely each is between its
   neighbours; at most `room` of them. Tells how many, or -1 when there is no memory. */
int64_t reach_words(const Reach *reach, const int32_t *typed, int64_t n, int64_t limit, int64_t left, int64_t right,
                    double *figures, int64_t room) {
    uint32_t found[MOST_FORMS], mask = (uint32_t)(reach->buckets - 1);
    uint64_t *seen = calloc((size_t)(reach->words / 64 + 1), sizeof(uint64_t));
    if (!seen) return -1;
    int64_t count = 0, shapes = forms(typed, n, limit, found);
    for (int64_t k = 0; k < shapes; k++) {
        uint32_t bucket = found[k] & mask;
        for (int32_t at = reach->heads[bucket]; at < reach->heads[bucket + 1] && count < room; at++) {
            int64_t word = reach->numbers[at], start = reach->starts[word], m = reach->starts[word + 1] - start;
            if (seen[word / 64] >> (word % 64) & 1) continue;
            seen[word / 64] |= (uint64_t)1 << (word % 64);
            int64_t apart = edits(typed, n, reach->letters + start, m, limit);
            if (apart > limit) continue;
            double *figure = figures + 4 * count++;
            figure[0] = (double)word;
            figure[1] = (double)apart;
            figure[2] = edit_cost(reach->slips, typed, n, reach->letters + start, m);
            figure[3] = likely(reach, left, word, right);
        }
    }
    free(seen);
    return count;
}
