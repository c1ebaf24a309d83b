/* What the fitted arrays say about one message: the score of every intent, the best few intents, and how alike the
   message is to their examples. Called from scoring.py, which says what the numbers mean. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define NEIGHBOURS 3
#define NO_ROOM -2
#define FINE 32000.0f /* topics of messages are kept in whole numbers: so many are one */

typedef struct {
    int64_t columns;             /* intents, and out of scope */
    int64_t uses;                /* length of stem_uses */
    int64_t topic;               /* numbers of a topic; none in a language without vectors */
    const int64_t *keys;         /* of each feature */
    const float *intercepts;     /* of each column */
    const int32_t *weight_starts, *weight_columns;
    const float *weight_values;
    const int32_t *row_starts;   /* where the examples of each column start */
    const int32_t *posting_starts, *posting_rows;
    const float *posting_values;
    const float *stem_weights;
    const int64_t *stem_uses;    /* sorted: stem * columns + column */
    const float *topic_weights;  /* topic x columns */
    const int8_t *row_topics;    /* rows x topic, in whole numbers: `row_unit` are one */
    double row_unit;
    double meant;                /* the share of likeness that topics are */
} Model;

/* What a message is compared with examples by: its words, of unit length, and its topic. */
typedef struct {
    int64_t count;
    int64_t *ids;
    float *values;
    int16_t *topic;
    float meant;                 /* the share of likeness that the topic is; 0 for a message that has none */
} Compared;

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

/* How alike the topics of a message and of an example are, -1 to 1. */
static float alike(const Model *model, const int16_t *topic, int32_t row) {
    const int8_t *other = model->row_topics + row * model->topic;
    int32_t sum = 0;
    for (int64_t n = 0; n < model->topic; n++) sum += (int32_t)topic[n] * other[n];
    return (float)sum / (FINE * (float)model->row_unit);
}

/* How alike a message is to the nearest examples of a column, and the row of the nearest (-1: it has none; `NO_ROOM`:
   there is no memory). */
static double nearest(const Model *model, const Compared *message, int64_t column, int64_t *row) {
    int32_t first = model->row_starts[column], last = model->row_starts[column + 1];
    *row = -1;
    if (first == last) return 0.0;
    float *likeness = calloc((size_t)(last - first), sizeof(float));
    if (!likeness) {
        *row = NO_ROOM;
        return 0.0;
    }
    for (int64_t n = 0; n < message->count; n++) {
        int64_t id = message->ids[n];
        int32_t end = model->posting_starts[id + 1];
        int32_t at = lower(model->posting_rows, model->posting_starts[id], end, first);
        for (; at < end && model->posting_rows[at] < last; at++)
            likeness[model->posting_rows[at] - first] += model->posting_values[at] * message->values[n];
    }
    for (int32_t n = first; message->meant > 0 && n < last; n++) {
        float *one = likeness + (n - first);
        *one = *one * (1 - message->meant) + alike(model, message->topic, n) * message->meant;
        *one = *one < 0 ? 0 : *one > 1 ? 1 : *one;
    }
    double mean = mean_of_best(likeness, last - first, row);
    *row += first;
    free(likeness);
    return mean;
}

/* Fills in what a message is compared by: its features that are words or pairs of words, and its topic. */
static void compare_by(const Model *model, const int64_t *ids, const float *values, int64_t count, const float *topic,
                       Compared *message) {
    double square = 0.0;
    message->count = 0;
    for (int64_t n = 0; n < count; n++) {
        if (model->keys[ids[n]] < 0) continue;
        message->ids[message->count] = ids[n];
        message->values[message->count++] = values[n];
        square += (double)values[n] * values[n];
    }
    for (int64_t n = 0; n < message->count; n++) message->values[n] /= (float)sqrt(square);
    message->meant = 0;
    for (int64_t n = 0; n < model->topic; n++) {
        message->topic[n] = (int16_t)lrintf(topic[n] * FINE);
        if (message->topic[n]) message->meant = (float)model->meant;
    }
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
    Compared message = {0, malloc((size_t)(count + 1) * sizeof(int64_t)), malloc((size_t)(count + 1) * sizeof(float)),
                        malloc((size_t)(model->topic + 1) * sizeof(int16_t)), 0};
    int64_t number = -1;
    if (says && best && message.ids && message.values && message.topic) {
        compare_by(model, ids, values, count, topic, &message);
        say_columns(model, ids, values, count, topic, says);
        number = choose_best(says, model->columns, most, best);
        for (int64_t n = 0; n < number; n++, found += 5) {
            int64_t row;
            double used = 0.0;
            found[2] = nearest(model, &message, best[n], &row);
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
    free(message.ids);
    free(message.values);
    free(message.topic);
    return number;
}
