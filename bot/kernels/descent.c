/* Dual coordinate descent for linear support vector machines with the squared hinge loss:

     Hsieh, Chang, Lin, Keerthi, Sundararajan (2008), "A Dual Coordinate Descent Method for Large-scale Linear SVM".

   Rows are sparse: row r has the features ids[ends[r]] .. ids[ends[r + 1] - 1]. A last feature is always 1 and
   holds the intercept. `soft` is 1 / (2 cost). Called from svm.py, which has the loop over rounds.
   One row after another is put right, in the order given, so the same order gives the same weights. */

#include <math.h>
#include <stdint.h>
#include <string.h>

#define STILL 1e-4f

/* Adds `by` times one line of weights to `says`, for all intents. */
static void add_line(float *restrict says, const float *restrict line, float by, int64_t intents) {
    for (int64_t k = 0; k < intents; k++) says[k] += by * line[k];
}

/* What every intent says about a row. Four lines of weights in one pass, each added after the one before. */
static void listen(float *restrict says, const float *weights, const int32_t *ids, const float *values, int64_t size,
                   int64_t features, int64_t intents) {
    memcpy(says, weights + features * intents, (size_t)intents * sizeof(float));
    int64_t j = 0;
    for (; j + 4 <= size; j += 4) {
        const float *a = weights + ids[j] * intents, *b = weights + ids[j + 1] * intents;
        const float *c = weights + ids[j + 2] * intents, *d = weights + ids[j + 3] * intents;
        float p = values[j], q = values[j + 1], r = values[j + 2], s = values[j + 3];
        for (int64_t k = 0; k < intents; k++) says[k] = says[k] + p * a[k] + q * b[k] + r * c[k] + s * d[k];
    }
    for (; j < size; j++) add_line(says, weights + ids[j] * intents, values[j], intents);
}

/* The steps of all intents at one row: their places in `at`, their sizes in `steps`; tells the largest. */
static float step_all(const float *says, float *alphas, int64_t own, float square, float soft, int64_t intents,
                      int32_t *at, float *steps, int64_t *moving) {
    float largest = 0.0f;
    int64_t count = 0;
    for (int64_t k = 0; k < intents; k++) {
        float sign = k == own ? 1.0f : -1.0f;
        float better = alphas[k] - (sign * says[k] - 1.0f + soft * alphas[k]) / square;
        float step = (better > 0.0f ? better : 0.0f) - alphas[k];
        if (fabsf(step) <= STILL) continue;
        alphas[k] += step;
        if (fabsf(step) > largest) largest = fabsf(step);
        at[count] = (int32_t)k;
        steps[count++] = sign * step;
    }
    *moving = count;
    return largest;
}

/* One round of descent for all intents at once. `weights` is (features + 1) x intents, `alphas` rows x intents,
   `owners` the intent of each row. Marks the rows that moved; returns the largest violation met. `says`, `at` and
   `steps` are room for one value per intent. */
float descent_round(const int64_t *order, int64_t rows, const int64_t *ends, const int32_t *ids, const float *values,
                    const int64_t *owners, const float *squares, int64_t features, int64_t intents, float soft,
                    float *weights, float *alphas, uint8_t *moved, float *says, int32_t *at, float *steps) {
    float worst = 0.0f;
    for (int64_t n = 0; n < rows; n++) {
        int64_t row = order[n], begin = ends[row], size = ends[row + 1] - begin, moving;
        listen(says, weights, ids + begin, values + begin, size, features, intents);
        float largest = step_all(says, alphas + row * intents, owners[row], squares[row], soft, intents, at, steps,
                                 &moving);
        moved[row] = moving > 0;
        if (!moving) continue;
        if (largest * squares[row] > worst) worst = largest * squares[row];
        for (int64_t j = 0; j <= size; j++) {
            float value = j < size ? values[begin + j] : 1.0f;
            float *line = weights + (j < size ? ids[begin + j] : features) * intents;
            for (int64_t m = 0; m < moving; m++) line[at[m]] += value * steps[m];
        }
    }
    return worst;
}

/* One round of descent for one intent, over places of `chosen` in the order given. For each place, `signs` is 1 for
   its own rows and -1 for others, `softs` is 1 / (2 cost). `weights` has one value per feature and the intercept.
   Marks the places that moved; returns the largest violation met. */
float descent_round_of_one(const int64_t *order, int64_t places, const int64_t *chosen, const int64_t *ends,
                           const int32_t *ids, const float *values, const float *signs, const float *softs,
                           const float *squares, int64_t features, float *weights, float *alphas, uint8_t *moved) {
    float worst = 0.0f;
    for (int64_t n = 0; n < places; n++) {
        int64_t at = order[n], row = chosen[at];
        float says = weights[features];
        for (int64_t j = ends[row]; j < ends[row + 1]; j++) says += values[j] * weights[ids[j]];
        float square = squares[row] + softs[at];
        float better = alphas[at] - (signs[at] * says - 1.0f + softs[at] * alphas[at]) / square;
        float step = (better > 0.0f ? better : 0.0f) - alphas[at];
        if (fabsf(step) <= STILL) continue;
        if (fabsf(step) * square > worst) worst = fabsf(step) * square;
        moved[at] = 1;
        alphas[at] += step;
        float by = signs[at] * step;
        for (int64_t j = ends[row]; j < ends[row + 1]; j++) weights[ids[j]] += by * values[j];
        weights[features] += by;
    }
    return worst;
}

/* How alike each row is to `middle`, which has one value per feature: their products. */
void compare_rows(const int64_t *ends, const int32_t *ids, const float *values, int64_t rows, const float *middle,
                  float *likeness) {
    for (int64_t row = 0; row < rows; row++) {
        float sum = 0.0f;
        for (int64_t j = ends[row]; j < ends[row + 1]; j++) sum += values[j] * middle[ids[j]];
        likeness[row] = sum;
    }
}
