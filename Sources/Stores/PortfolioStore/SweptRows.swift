// SPDX-License-Identifier: Apache-2.0

// Which rows of the store are past their time, by kind: no row goes that a legal matter holds, nor
// one without which a later day could not be told any more.

internal import Databases
internal import VigieLimits

/// Rows of a table that are past their time.
struct SweptRows {
    /// The table.
    let table: String
    /// What tells its rows apart.
    var key = "number"
    /// The order of an index by which they are found.
    var order = "number"
    /// What is so of them, with the first day that is kept for $1, or what that comes to.
    let condition: String
}

extension RetentionKind {
    /// The rows of a kind, of each table that has some; none of records of collection, which are
    /// shortened one by one.
    var sweptRows: [SweptRows] {
        switch self {
        case .facts(let kind):
            // A judgment or a strike-off of long ago still says how a company stands: without it
            // one that has ended would look as if it had not.
            let followed =
                kind == .event
                ? """
                 and not exists (
                    select 1 from portfolio_company m where m.slot = company_fact.slot)
                """ : ""
            let condition = "kind || '' = '\(kind.rawValue)' and day < $1"
            return [
                SweptRows(
                    table: "company_fact",
                    order: "day",
                    condition: condition + Self.isNotHeld("company_fact") + followed
                )
            ]
        case .alerts:
            return [
                SweptRows(
                    table: "alert",
                    order: "cleared_day",
                    condition: "cleared_day < $1" + Self.isNotHeld("alert")
                )
            ]
        case .stream:
            return [
                SweptRows(table: "event", condition: "number < $1" + Self.isNotHeld("event"))
            ]
        case .letters: return letters
        case .collection: return []
        case .scores: return scores
        case .figures: return figures
        case .history: return history
        case .deliveries: return deliveries
        }
    }

    private static func isNotHeld(_ table: String) -> String {
        " and not exists (select 1 from legal_hold h where h.slot = \(table).slot)"
    }

    private var letters: [SweptRows] {
        [
            SweptRows(
                table: "dunning_letter",
                key: "run, slot",
                order: "run, slot",
                condition: """
                    exists (select 1 from dunning_run r
                        where r.number = dunning_letter.run and r.as_of_day < $1)
                    """ + Self.isNotHeld("dunning_letter")
            ),
            // One whose letters are all gone tells nothing.
            SweptRows(
                table: "dunning_run",
                condition: """
                    as_of_day < $1 and not exists (
                        select 1 from dunning_letter l where l.run = dunning_run.number)
                    """
            ),
        ]
    }

    /// The last score before the first day that is kept is that of this day, too.
    private var scores: [SweptRows] {
        [
            SweptRows(
                table: "score_change",
                key: "slot, run",
                order: "run, slot",
                condition: """
                    run in (select number from run where as_of_day < $1) and exists (
                        select 1 from score_change n join run q on q.number = n.run
                        where n.slot = score_change.slot and n.run > score_change.run
                            and q.as_of_day <= $1)
                    """ + Self.isNotHeld("score_change")
            ),
            SweptRows(
                table: "model_shift",
                key: "run, slot",
                order: "run, slot",
                condition: "run in (select number from run where as_of_day < $1)"
                    + Self.isNotHeld("model_shift")
            ),
        ]
    }

    private var figures: [SweptRows] {
        [
            SweptRows(
                table: "company_figures",
                key: "slot, day",
                order: "slot, day",
                condition: """
                    day < $1 and exists (
                        select 1 from company_figures n where n.slot = company_figures.slot
                            and n.day > company_figures.day and n.day <= $1)
                    """ + Self.isNotHeld("company_figures")
            )
        ]
    }

    /// A frame says what changed since the one before, down to a key frame, which says all.
    private var history: [SweptRows] {
        [
            SweptRows(
                table: "history_frame",
                key: "block, run",
                order: "block, run",
                condition: """
                    run < (select max(k.run) from history_frame k join run r on r.number = k.run
                        where k.block = history_frame.block and k.is_key = 1
                            and r.as_of_day <= $1)
                    and not exists (select 1 from legal_hold h
                        where h.slot / \(HistoryLimits.blockSlots) = history_frame.block)
                    """
            )
        ]
    }

    /// Those that were taken go much sooner, by themselves; what waits is on its way.
    private var deliveries: [SweptRows] {
        [
            SweptRows(
                table: "delivery",
                condition: """
                    state = 'kept' and created_at < $1 and not exists (
                        select 1 from event e join legal_hold h on h.slot = e.slot
                        where e.number >= delivery.first_event
                            and e.number <= delivery.last_event)
                    """
            )
        ]
    }
}
