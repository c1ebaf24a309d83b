/* Counting sort: the places of numbers from 0 to `count` - 1 in order, equal ones in the order in which they stand.
   `starts` has `count` + 1 places, all 0 before; afterwards, where each number starts. */

#include <stdint.h>

void order_of(const int64_t *numbers, int64_t size, int64_t count, int64_t *starts, int64_t *order) {
    for (int64_t n = 0; n < size; n++) starts[numbers[n] + 1]++;
    for (int64_t n = 0; n < count; n++) starts[n + 1] += starts[n];
    for (int64_t n = 0; n < size; n++) order[starts[numbers[n]]++] = n;
    for (int64_t n = count; n > 0; n--) starts[n] = starts[n - 1];
    if (count) starts[0] = 0;
}
