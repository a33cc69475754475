// SPDX-License-Identifier: Apache-2.0

// The date as of which rows are scored.

package import Quantities
package import ServiceErrors

/// The date as of which rows are scored: the caller's, or today.
package struct AsOfDate: Sendable, Equatable {
    /// The date.
    package let date: CalendarDate
    /// Whether the caller left it to the server, for which tomorrow it is another.
    package let isToday: Bool

    /// Decides.
    ///
    /// - Parameters:
    ///   - text: What the caller wrote, or nothing.
    ///   - field: Where in the request it stands.
    ///   - today: The date of the clock.
    /// - Throws: INVALID_ARGUMENT.
    package init(_ text: String, field: String, today: CalendarDate) throws(ServiceError) {
        isToday = text.isEmpty
        if isToday {
            date = today
            return
        }
        guard let given = CalendarDate(text) else {
            let shown = text.shownInMessages
            throw .invalid(
                field,
                "INVALID_DATE",
                "as_of_date \"\(shown)\" is no date; write YYYY-MM-DD, such as 2026-03-31, or "
                    + "leave it empty for today.",
                metadata: ["as_of_date": shown]
            )
        }
        date = given
    }
}
