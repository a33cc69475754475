// SPDX-License-Identifier: Apache-2.0

// How a company is to pay: what the policy says, within what the law allows.

package import DecimalNumbers
internal import Documents
internal import Policies
internal import Quantities

/// Terms of payment.
package struct CreditTerms: Sendable {
    /// Days from the invoice to the payment.
    package let days: Int
    /// The most that the law allows in the trade; nil if the policy has no table of it.
    package let legalMaximumDays: Int?
    /// Whether the law bound the days.
    package let isBoundByLaw: Bool
    /// Which part is to be paid with the order.
    package let deposit: DecimalNumber?
    /// Whether all is to be paid before delivery.
    package let isPrepaid: Bool
    /// What is taken off for early payment, as a part of the invoice.
    package let discount: DecimalNumber?
    /// Within how many days a payment is early.
    package let discountDays: Int?
    /// Months after which the limit is looked at again: three where the policy says nothing, the
    /// AFDCC's advice for terms of 60 days.
    let reviewMonths: Int

    /// Takes what the policy answered.
    ///
    /// - Parameter legal: The most that the law allows; nil if the policy has no table of it.
    init(_ answer: PolicyAnswer, legal: Int?) {
        isPrepaid = answer.isTrue("prepayment")
        let wanted = isPrepaid ? 0 : answer.days("days") ?? Self.daysUnlessAgreed
        legalMaximumDays = legal
        days = min(wanted, legal ?? wanted)
        isBoundByLaw = days < wanted
        deposit = answer.number("deposit")
        discount = answer.number("discount")
        discountDays = answer.days("discount_days")
        reviewMonths = min(answer.days("valid_months") ?? 3, 1_200)
    }

    /// French law's term where nothing was agreed (Code de commerce, L. 441-10).
    private static let daysUnlessAgreed = 30
}

extension Policy {
    /// The latest day that may be agreed in a trade, by the table of the policy.
    func legalMaximumDays(sector: String?, on day: CalendarDate) -> Int? {
        tables.first { $0.name == Self.legalTermsTable }?
            .text("maximum_days", where: "sector", is: sector ?? "*", on: day)
            .flatMap { Int($0.text) }
    }

    /// What is said of a sector that no table knows; nil for one that a table knows, or where no
    /// table of the law is there.
    func note(ofSector sector: String, on day: CalendarDate, by whom: String) -> String? {
        guard let known = sectors(on: day) else { return nil }
        // Byte for byte, as the language of the model compares texts.
        guard !known.contains(where: { $0.utf8.elementsEqual(sector.utf8) }) else { return nil }
        let isAlike = known.contains(sector)
        let hint =
            isAlike
            ? " It looks like one that is known, and has other characters (Unicode, form NFC or "
                + "NFD)." : NearestName.hint(known.filter { $0 != "*" }, to: sector)
        return "no table\(whom) knows the sector \"\(sector)\": what holds for all others is "
            + "taken.\(hint)"
    }

    /// The sectors that tables know on a day, by their keys; nil if no table of the law is there,
    /// which the calculation looks for one in.
    func sectors(on day: CalendarDate) -> [String]? {
        guard tables.contains(where: { $0.name == Self.legalTermsTable }) else { return nil }
        return zip(manifest.tables, tables).flatMap { declared, table in
            declared.key.flatMap { table.texts($0, on: day) }
        }
    }
}
