#include "base/threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "base/memory.h"

typedef struct shared_work {
    trail_status (*work)(void *context, size_t index, trail_error *err);
    void *context;
    size_t count;
    atomic_size_t next;
    atomic_bool stop;
} shared_work;

typedef struct worker {
    pthread_t thread;
    shared_work *shared;
    size_t failed_index; /* SIZE_MAX: none */
    trail_status status;
    trail_error failure;
} worker;

/* Indices are handed out in rising order and every one handed out is finished, so all before a
 * failing index have run: the lowest failure is the same for any number of threads. */
static void *work_on(void *argument)
{
    worker *self = argument;
    shared_work *shared = self->shared;
    while (!atomic_load(&shared->stop)) {
        size_t index = atomic_fetch_add(&shared->next, 1);
        if (index >= shared->count) break;
        self->status = shared->work(shared->context, index, &self->failure);
        if (self->status != TRAIL_OK) {
            self->failed_index = index;
            atomic_store(&shared->stop, true);
        }
    }
    return NULL;
}

static trail_status run_here(size_t count,
                             trail_status (*work)(void *context, size_t index, trail_error *err),
                             void *context, trail_error *err)
{
    for (size_t i = 0; i < count; i++) {
        trail_status status = work(context, i, err);
        if (status != TRAIL_OK) return status;
    }
    return TRAIL_OK;
}

trail_status trail_threads_run(unsigned threads, size_t count,
                               trail_status (*work)(void *context, size_t index, trail_error *err),
                               void *context, trail_error *err)
{
    if (threads <= 1 || count <= 1) return run_here(count, work, context, err);

    size_t wanted = threads < count ? threads : count;
    worker *workers = NULL;
    trail_status status = trail_alloc_zeroed(&workers, wanted, sizeof *workers, err);
    if (status != TRAIL_OK) return status;
    shared_work shared = {.work = work, .context = context, .count = count};
    atomic_init(&shared.next, 0);
    atomic_init(&shared.stop, false);
    for (size_t i = 0; i < wanted; i++) {
        workers[i].shared = &shared;
        workers[i].failed_index = SIZE_MAX;
    }
    size_t started = 1; /* the first worker is this thread; fewer threads do the same work */
    while (started < wanted &&
           pthread_create(&workers[started].thread, NULL, work_on, &workers[started]) == 0)
        started++;
    (void)work_on(&workers[0]);
    const worker *first = &workers[0];
    for (size_t i = 1; i < started; i++) {
        (void)pthread_join(workers[i].thread, NULL);
        if (workers[i].failed_index < first->failed_index) first = &workers[i];
    }
    if (first->failed_index != SIZE_MAX) {
        status = first->status;
        if (err != NULL) *err = first->failure;
    }
    trail_free(workers);
    return status;
}

unsigned trail_threads_available(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > 1024 ? 1024 : (unsigned)online;
}
