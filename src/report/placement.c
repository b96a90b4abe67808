/* Placing accounts: each group gets a disc whose area follows its size; discs are pulled together
 * by the links between them and pushed apart where they touch; inside its disc every account is
 * pulled by its links and to the middle, and pushed away by its fellows (Fruchterman and Reingold
 * 1991, with 1/d for repulsion), then accounts that still touch are moved apart. Groups so stay
 * apart on the map, which one force layout of all accounts would not give. Only + - * / and sqrt,
 * no random numbers: the same picture on every machine. O(passes · (accounts² inside groups +
 * links)), passes bounded by a fixed amount of work. */
#include "report/placement.h"

#include <math.h>

#include "base/memory.h"

#define WORK_LIMIT  40000000.0
#define OWN_ROOM    46.0 /* radius that one account takes up */
#define LEAST_APART 40.0
#define WIDER       1.3 /* screens are wider than high */
/* Cosine and sine of the golden angle, for sunflower order. */
#define GOLDEN_COS (-0.73736887807831963)
#define GOLDEN_SIN 0.67549029426152396

typedef struct point {
    double x, y;
} point;

typedef struct disc {
    point at, push;
    double radius;
    uint32_t first, count; /* in members */
} disc;

typedef struct map {
    const trail_report_view *view;
    size_t count;      /* accounts */
    point *at, *push;  /* by account */
    uint32_t *disc_of; /* by account */
    uint32_t *members; /* accounts, disc by disc */
    disc *discs;
    size_t disc_count;
    uint32_t *ends; /* payer and payee place of each drawn link */
    size_t link_count;
} map;

static void clear(map *own)
{
    trail_free(own->at);
    trail_free(own->push);
    trail_free(own->disc_of);
    trail_free(own->members);
    trail_free(own->discs);
    trail_free(own->ends);
}

/* Accounts without group get a disc each. */
static trail_status make_discs(map *own, trail_error *err)
{
    const trail_communities *communities = own->view->findings->communities;
    const size_t group_count = communities->groups.count;
    uint32_t *disc_of_group = NULL;
    trail_status status = trail_alloc_zeroed(&disc_of_group, group_count, sizeof(uint32_t), err);
    uint32_t next = 0;

    if (status != TRAIL_OK) return status;
    for (size_t g = 0; g < group_count; g++)
        disc_of_group[g] = UINT32_MAX;
    for (size_t i = 0; i < own->count; i++) {
        const uint32_t group = communities->group_of[trail_report_account(own->view, i)];

        if (group == TRAIL_NO_GROUP) {
            own->disc_of[i] = (uint32_t)own->disc_count++;
        } else {
            if (disc_of_group[group] == UINT32_MAX) {
                disc_of_group[group] = (uint32_t)own->disc_count++;
            }
            own->disc_of[i] = disc_of_group[group];
        }
        own->discs[own->disc_of[i]].count++;
    }
    for (size_t d = 0; d < own->disc_count; d++) {
        own->discs[d].first = next;
        next += own->discs[d].count;
        own->discs[d].radius = OWN_ROOM * sqrt((double)own->discs[d].count);
        own->discs[d].count = 0;
    }
    for (uint32_t i = 0; i < own->count; i++) {
        disc *home = &own->discs[own->disc_of[i]];

        own->members[home->first + home->count++] = i;
    }
    trail_free(disc_of_group);
    return TRAIL_OK;
}

static trail_status prepare(map *own, const trail_report_view *view, trail_error *err)
{
    trail_status status;

    *own = (map){.view = view, .count = view->drawn, .link_count = view->links.count};
    status = trail_alloc_zeroed(&own->at, own->count, sizeof(point), err);
    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&own->push, own->count, sizeof(point), err);
    }
    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&own->disc_of, own->count, sizeof(uint32_t), err);
    }
    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&own->members, own->count, sizeof(uint32_t), err);
    }
    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&own->discs, own->count, sizeof(disc), err);
    }
    if (status == TRAIL_OK) {
        status = trail_alloc_zeroed(&own->ends, 2 * own->link_count, sizeof(uint32_t), err);
    }
    for (size_t i = 0; status == TRAIL_OK && i < own->link_count; i++) {
        const uint32_t number = *(const uint32_t *)trail_vector_at(&view->links, i);
        const trail_link *link = trail_vector_at(view->findings->links, number);

        own->ends[2 * i] = view->account_place[link->payer];
        own->ends[2 * i + 1] = view->account_place[link->payee];
    }
    return status == TRAIL_OK ? make_discs(own, err) : status;
}

/* The n-th point of a sunflower: turn by the golden angle, radius by the square root. */
static point sunflower(size_t n, double pace, point *direction)
{
    const double radius = pace * sqrt((double)n);
    const point spot = {direction->x * radius, direction->y * radius};
    const point turned = {direction->x * GOLDEN_COS - direction->y * GOLDEN_SIN,
                          direction->x * GOLDEN_SIN + direction->y * GOLDEN_COS};

    *direction = turned;
    return spot;
}

static int passes_for(double work_of_one)
{
    const double passes = WORK_LIMIT / (work_of_one + 1.0);

    return passes > 240.0 ? 240 : passes < 12.0 ? 12 : (int)passes;
}

static void pull(point *a_push, point *b_push, point a, point b, double strength)
{
    const double x = (b.x - a.x) * strength;
    const double y = (b.y - a.y) * strength;

    a_push->x += x;
    a_push->y += y;
    b_push->x -= x;
    b_push->y -= y;
}

static void move(point *at, point *push, double most)
{
    const double length = sqrt(push->x * push->x + push->y * push->y);
    const double scale = length > most ? most / length : 1.0;

    at->x += push->x * scale;
    at->y += push->y * scale;
    *push = (point){0, 0};
}

/* Two discs that come nearer than their room are parted by half of what is missing each. */
static void part_discs(disc *a, disc *b)
{
    const double room = a->radius + b->radius + OWN_ROOM;
    double x = a->at.x - b->at.x;
    double y = a->at.y - b->at.y;
    double apart = sqrt(x * x + y * y);
    double share;

    if (apart >= room) return;
    if (apart < 1e-6) {
        x = 1.0;
        y = 0.5;
        apart = sqrt(x * x + y * y);
    }
    share = (room - apart) / apart / 2.0;
    a->push.x += x * share;
    a->push.y += y * share;
    b->push.x -= x * share;
    b->push.y -= y * share;
}

static void place_discs(map *own)
{
    const double pairs = (double)own->disc_count * (double)own->disc_count / 2.0;
    const int passes = passes_for(pairs + (double)own->link_count);
    point direction = {1.0, 0.0};
    double widest = OWN_ROOM;

    for (size_t d = 0; d < own->disc_count; d++) {
        if (own->discs[d].radius > widest) widest = own->discs[d].radius;
    }
    for (size_t d = 0; d < own->disc_count; d++) {
        own->discs[d].at = sunflower(d, widest * 1.6, &direction);
    }
    for (int pass = 0; pass < passes; pass++) {
        const double cooling = pass * 2 < passes ? 1.0 - 2.0 * (double)pass / (double)passes : 0.0;

        for (size_t i = 0; i < own->link_count && cooling > 0.0; i++) {
            disc *a = &own->discs[own->disc_of[own->ends[2 * i]]];
            disc *b = &own->discs[own->disc_of[own->ends[2 * i + 1]]];

            if (a != b) {
                pull(&a->push, &b->push, a->at, b->at,
                     0.06 * cooling / (double)(a->count < b->count ? a->count : b->count));
            }
        }
        for (size_t a = 0; a < own->disc_count; a++) {
            own->discs[a].push.x -= own->discs[a].at.x * 0.022 * cooling;
            own->discs[a].push.y -= own->discs[a].at.y * 0.055 * cooling;
            for (size_t b = a + 1; b < own->disc_count; b++) {
                part_discs(&own->discs[a], &own->discs[b]);
            }
        }
        for (size_t d = 0; d < own->disc_count; d++) {
            move(&own->discs[d].at, &own->discs[d].push, widest);
        }
    }
}

static void push_apart(map *own, uint32_t a, uint32_t b, double strength)
{
    const double x = own->at[a].x - own->at[b].x;
    const double y = own->at[a].y - own->at[b].y;
    const double square = x * x + y * y + 1.0;
    const double push = strength / square;

    own->push[a].x += x * push;
    own->push[a].y += y * push;
    own->push[b].x -= x * push;
    own->push[b].y -= y * push;
}

static void push_members(map *own)
{
    for (size_t d = 0; d < own->disc_count; d++) {
        const disc *home = &own->discs[d];
        const uint32_t *members = &own->members[home->first];

        for (uint32_t i = 0; i < home->count; i++) {
            const uint32_t a = members[i];

            own->push[a].x += (home->at.x - own->at[a].x) * 0.06;
            own->push[a].y += (home->at.y - own->at[a].y) * 0.06;
            for (uint32_t j = i + 1; j < home->count; j++) {
                push_apart(own, a, members[j], OWN_ROOM * OWN_ROOM * 0.5);
            }
        }
    }
}

static void place_members(map *own)
{
    double work = (double)own->link_count;
    int passes;

    for (size_t d = 0; d < own->disc_count; d++) {
        const disc *home = &own->discs[d];
        point direction = {1.0, 0.0};

        work += (double)home->count * (double)home->count / 2.0;
        for (uint32_t i = 0; i < home->count; i++) {
            const point spot = sunflower(i, OWN_ROOM * 0.9, &direction);

            own->at[own->members[home->first + i]] =
                (point){home->at.x + spot.x, home->at.y + spot.y};
        }
    }
    passes = passes_for(work);
    for (int pass = 0; pass < passes; pass++) {
        const double cooling = 1.0 - (double)pass / (double)passes;

        push_members(own);
        for (size_t i = 0; i < own->link_count; i++) {
            const uint32_t a = own->ends[2 * i];
            const uint32_t b = own->ends[2 * i + 1];
            const bool is_inside = own->disc_of[a] == own->disc_of[b];

            pull(&own->push[a], &own->push[b], own->at[a], own->at[b], is_inside ? 0.02 : 0.0015);
        }
        for (size_t i = 0; i < own->count; i++) {
            move(&own->at[i], &own->push[i], 2.0 + 40.0 * cooling);
        }
    }
}

/* Accounts of one disc that touch are parted; a few passes settle nearly all. */
static void part_members(map *own)
{
    for (int pass = 0; pass < 24; pass++) {
        for (size_t d = 0; d < own->disc_count; d++) {
            const disc *home = &own->discs[d];

            for (uint32_t i = 0; i < home->count; i++) {
                for (uint32_t j = i + 1; j < home->count; j++) {
                    point *a = &own->at[own->members[home->first + i]];
                    point *b = &own->at[own->members[home->first + j]];
                    const double x = a->x - b->x;
                    const double y = a->y - b->y;
                    const double square = x * x + y * y;
                    double share;

                    if (square >= LEAST_APART * LEAST_APART) continue;
                    share = (LEAST_APART / sqrt(square + 0.01) - 1.0) / 2.0;
                    if (share > 20.0) share = 20.0;
                    a->x += (x + 0.1) * share;
                    a->y += (y + 0.1) * share;
                    b->x -= (x + 0.1) * share;
                    b->y -= (y + 0.1) * share;
                }
            }
        }
    }
}

/* Whatever the forces did, a group stays inside its disc, and discs do not overlap. */
static void fit_discs(map *own)
{
    for (size_t d = 0; d < own->disc_count; d++) {
        const disc *home = &own->discs[d];
        const uint32_t *members = &own->members[home->first];
        point middle = {0, 0};
        double widest = 0, scale;

        for (uint32_t i = 0; i < home->count; i++) {
            middle.x += own->at[members[i]].x / (double)home->count;
            middle.y += own->at[members[i]].y / (double)home->count;
        }
        for (uint32_t i = 0; i < home->count; i++) {
            const double x = own->at[members[i]].x - middle.x;
            const double y = own->at[members[i]].y - middle.y;
            const double away = sqrt(x * x + y * y);

            if (away > widest) widest = away;
        }
        scale = widest > home->radius ? home->radius / widest : 1.0;
        for (uint32_t i = 0; i < home->count; i++) {
            point *at = &own->at[members[i]];

            at->x = home->at.x + (at->x - middle.x) * scale;
            at->y = home->at.y + (at->y - middle.y) * scale;
        }
    }
}

static int32_t rounded(double value)
{
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

trail_status trail_report_placement(const trail_report_view *view, trail_spot **spots,
                                    trail_error *err)
{
    map own;
    trail_spot *made = NULL;
    trail_status status = prepare(&own, view, err);

    if (status != TRAIL_OK) goto cleanup;
    status = trail_alloc_zeroed(&made, own.count, sizeof *made, err);
    if (status != TRAIL_OK) goto cleanup;
    place_discs(&own);
    place_members(&own);
    part_members(&own);
    fit_discs(&own);
    for (size_t i = 0; i < own.count; i++) {
        made[i] = (trail_spot){rounded(own.at[i].x * WIDER), rounded(own.at[i].y)};
    }
    *spots = made;
cleanup:
    clear(&own);
    return status;
}
