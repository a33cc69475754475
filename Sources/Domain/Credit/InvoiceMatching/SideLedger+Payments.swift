// SPDX-License-Identifier: Apache-2.0

// Which invoices a movement of an account pays, or takes back the payment of.

internal import CreditFacts
internal import Quantities

extension SideLedger {
    private typealias Target = (document: Int, cents: Int64?)

    // MARK: What it names

    /// The invoices that a movement names, by the strongest way in which it does.
    private mutating func named(
        _ transaction: BankTransaction,
        _ amount: Int64,
        noting: Bool
    ) -> [Target] {
        var targets: [Target] = []
        for document in transaction.documents {
            let place = resolve(
                numbers.exact(document.number),
                document.cents ?? amount,
                transaction,
                noting
            )
            if let place { targets.append((place, document.cents)) }
        }
        if !targets.isEmpty { return targets }
        for reference in [transaction.creditorReference, transaction.endToEnd] {
            let exact = references.exact(reference) + numbers.exact(reference)
            if let place = resolve(Array(Set(exact)).sorted(), amount, transaction, noting) {
                return [(place, nil)]
            }
        }
        let texts = [transaction.endToEnd, transaction.creditorReference] + transaction.texts
        var found = numbers.found(in: texts.joined(separator: " "))
        // A bank that cuts its lines cuts numbers too.
        if found.isEmpty, transaction.texts.count > 1 {
            found = numbers.found(in: transaction.texts.joined())
        }
        for places in found {
            let place = resolve(places, amount, transaction, noting)
            if let place, !isWeak(place, amount) { targets.append((place, nil)) }
        }
        return targets
    }

    /// The one of several invoices of a number that a movement is for: of the party whose account
    /// it is, else of the one whose name it has, else with the exact amount.
    private mutating func resolve(
        _ places: [Int],
        _ amount: Int64,
        _ transaction: BankTransaction,
        _ noting: Bool
    ) -> Int? {
        var fitting = places.count == 1 ? places.map(current) : Set(places.map(current)).sorted()
        if fitting.count <= 1 { return fitting.first }
        if let party = party(ofAccount: transaction.partyAccount) {
            fitting.removeAll { documents[$0].invoice.party != party }
        } else if !transaction.party.isEmpty {
            let name = transaction.party.uppercased()
            let same = fitting.filter { self.name(of: documents[$0].invoice.party) == name }
            if !same.isEmpty { fitting = same }
        }
        if fitting.count > 1 { fitting.removeAll { documents[$0].invoice.open != amount } }
        if fitting.count > 1, noting {
            note(.paymentAmbiguous, transaction.source, documents[fitting[0]].trade.number)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// Whether a number in a text is too short to say anything without its exact amount.
    private func isWeak(_ place: Int, _ amount: Int64) -> Bool {
        let number = documents[place].trade.number
        let isOfDigits = number.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let thresholds = MatchingThresholds.standard
        let least = isOfDigits ? thresholds.numberDigitsMin : thresholds.numberCharactersMin
        guard number.utf8.count < least else { return false }
        let invoice = documents[place].invoice
        return invoice.open != amount && invoice.payments.allSatisfy { $0.cents != amount }
    }

    /// Notes whose account a movement is of, if all that it names is of one party.
    mutating func learn(_ transaction: BankTransaction) {
        guard !transaction.partyAccount.isEmpty else { return }
        let amount = transaction.cents.magnitudeOfCents
        let parties = Set(
            named(transaction, amount, noting: false).map { documents[$0.document].invoice.party }
        )
        if parties.count == 1, let party = parties.first { learn(transaction.partyAccount, party) }
    }

    // MARK: Payments

    /// Gives money to invoices, if something says to which. What is over stays with the party.
    mutating func pay(_ transaction: BankTransaction, _ amount: Int64) -> Bool {
        var targets = named(transaction, amount, noting: true)
        if targets.isEmpty, let party = party(ofAccount: transaction.partyAccount) {
            targets = exact(party, amount, transaction).map { [($0, nil)] } ?? []
        }
        guard let first = targets.first else { return false }
        targets.sort { order($0) < order($1) }
        var left = amount
        // Amounts that are told for an invoice come before what is left for the others.
        for target in targets where target.cents != nil { spend(target, transaction.date, &left) }
        for target in targets where target.cents == nil { spend(target, transaction.date, &left) }
        let party = documents[first.document].invoice.party
        keep(left, of: party, transaction.date, isPayment: true, transaction.source)
        return true
    }

    /// What is due first, then what is older.
    private func order(_ target: Target) -> (CalendarDate, CalendarDate) {
        let document = documents[target.document]
        return (document.invoice.due ?? .first, document.trade.issued)
    }

    private mutating func spend(_ target: Target, _ date: CalendarDate, _ left: inout Int64) {
        let place = target.document
        guard !documents[place].isVoid else { return }
        var most = min(left, max(0, target.cents ?? left))
        // Money of before the invoice is what it calls prepaid; later, what is over may be.
        let isBefore = date <= documents[place].trade.issued
        for isPrepaid in isBefore ? [true, false] : [false, true] where most > 0 {
            if isPrepaid {
                let cents = min(most, documents[place].prepaidLeft)
                documents[place].prepaidLeft -= cents
                left -= cents
                most -= cents
            } else {
                let cents = min(most, documents[place].invoice.open)
                give(place, cents, date)
                left -= cents
                most -= cents
            }
        }
    }

    /// The one invoice of a party that is open with exactly an amount.
    private mutating func exact(
        _ party: Int32,
        _ amount: Int64,
        _ transaction: BankTransaction
    ) -> Int? {
        let key = PartyAmount(party: party, cents: amount)
        openByAmount[key]?.removeAll { documents[$0].invoice.open != amount }
        var fitting: [Int] = []
        for place in openByAmount[key] ?? []
        where !documents[place].isVoid && documents[place].trade.issued <= transaction.date
            && fitting.first != place
        {
            fitting.append(place)
            // Two are too many already.
            if fitting.count == 2 { break }
        }
        if fitting.count > 1 {
            note(.paymentAmbiguous, transaction.source, documents[fitting[0]].trade.number)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    /// Keeps money of a known party that nothing says what it is for.
    mutating func keepUnallocated(_ transaction: BankTransaction, _ amount: Int64) -> Bool {
        guard let party = party(ofAccount: transaction.partyAccount) else { return false }
        keep(amount, of: party, transaction.date, isPayment: true, transaction.source)
        return true
    }

    // MARK: Money that goes back

    /// Takes payments back, if something says which: what was paid is open again.
    ///
    /// - Parameters:
    ///   - amounts: What may have been paid, with what the bank kept of it and without.
    ///   - needsExact: Whether only a payment of exactly that amount is meant.
    mutating func takeBack(
        _ transaction: BankTransaction,
        _ amounts: [Int64],
        needsExact: Bool
    ) -> Bool {
        let targets = named(transaction, amounts[0], noting: !needsExact).map(\.document)
        for amount in amounts {
            for place in targets where takeBackExact(place, amount, transaction.date) {
                return true
            }
        }
        if needsExact { return false }
        for place in targets where takeBack(from: place, amounts[0], transaction.date) {
            return true
        }
        guard let party = party(ofAccount: transaction.partyAccount) else { return false }
        for amount in amounts where takeBackExact(ofParty: party, amount, transaction.date) {
            return true
        }
        return false
    }

    private mutating func takeBackExact(
        _ place: Int,
        _ cents: Int64,
        _ date: CalendarDate
    ) -> Bool {
        let payments = documents[place].invoice.payments
        let last = payments.indices.suffix(SideLedger.comparedMax).last {
            payments[$0].cents == cents && payments[$0].returned == nil && payments[$0].date <= date
        }
        guard let last else { return false }
        reopen(place, last, date)
        return true
    }

    private mutating func takeBackExact(
        ofParty party: Int32,
        _ cents: Int64,
        _ date: CalendarDate
    ) -> Bool {
        let key = PartyAmount(party: party, cents: cents)
        while let (place, payment) = paidByAmount[key]?.popLast() {
            let found = documents[place].invoice.payments[payment]
            guard found.returned == nil, found.date <= date, found.cents == cents else { continue }
            reopen(place, payment, date)
            return true
        }
        while let money = leftByAmount[key]?.popLast() {
            guard unallocated[money].cents == cents else { continue }
            unallocated[money].cents = 0
            return true
        }
        return false
    }

    private mutating func reopen(_ place: Int, _ payment: Int, _ date: CalendarDate) {
        documents[place].invoice.payments[payment].returned = date
        documents[place].invoice.open += documents[place].invoice.payments[payment].cents
        index(place)
    }

    /// Takes an amount back from the payments of an invoice, the last ones first; false if there
    /// was none.
    mutating func takeBack(from place: Int, _ cents: Int64, _ date: CalendarDate) -> Bool {
        var left = cents
        let payments = documents[place].invoice.payments.indices.suffix(SideLedger.comparedMax)
        for payment in payments.reversed() where left > 0 {
            let found = documents[place].invoice.payments[payment]
            guard found.returned == nil, found.date <= date else { continue }
            if found.cents > left {
                // A part of it stays paid.
                documents[place].invoice.payments[payment].cents = left
                documents[place].invoice.payments.append(
                    InvoicePayment(date: found.date, cents: found.cents - left)
                )
            }
            left -= min(left, found.cents)
            reopen(place, payment, date)
        }
        return left < cents
    }
}
