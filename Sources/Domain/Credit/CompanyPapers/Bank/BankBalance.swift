// SPDX-License-Identifier: Apache-2.0

internal import CreditFacts
internal import Quantities

extension BankStatement {
    /// Checks what was booked against the balances.
    ///
    /// - Parameter mayFlip: Some banks tell a reversal in camt with the side of what it takes back.
    ///   Which it is shows in the balances only: reversals are turned round if that fits, and
    ///   nothing else does.
    /// - Returns: What was noticed, if anything.
    mutating func checkBalance(mayFlip: Bool) -> Finding? {
        guard let opening, let closing else { return nil }
        let expected = Int128(closing) - Int128(opening)
        let booked = booked
        balanceFits = booked == expected
        if booked == expected { return nil }
        var reversed: Int128 = 0
        var count = 0
        for transaction in transactions where transaction.isReversal {
            reversed += Int128(transaction.cents)
            count += 1
        }
        guard mayFlip, reversed != 0, booked - 2 * reversed == expected else {
            let values = [expected, booked].map { CentsText.text(Int64(clamping: $0)) }
            return Finding(.balanceDiffers, at: source, values)
        }
        for index in transactions.indices where transactions[index].isReversal {
            transactions[index].cents = -transactions[index].cents
        }
        balanceFits = true
        return Finding(.reversalFlipped, at: source, ["\(count)"])
    }
}
