// SPDX-License-Identifier: Apache-2.0

// What courts and registers say, out of columns.

internal import CreditFacts
internal import Quantities
internal import ServiceErrors
internal import VigieLimits
internal import VigieProtos

extension FactReader {
    /// Events of a company; one without a number has none.
    func events(
        _ message: Vigie_V1_EventColumns,
        _ siren: SIREN?
    ) throws(ServiceError) -> [LegalEvent] {
        let columns = try eventColumns("company.events", message.kinds.count)
        try columns.need(message.publishedDays.count, "published_days")
        try columns.allow(message.decidedDays.count, "decided_days")
        try columns.allow(message.proceedings.count, "proceedings")
        try columns.allow(message.notices.count, "notices")
        try columns.checkPlaces(message.papers, message.paperLines)
        guard let siren else { return [] }
        var events: [LegalEvent] = []
        events.reserveCapacity(columns.count)
        for index in 0..<columns.count {
            let number = message.kinds[index].rawValue
            guard
                let kind = try columns.value(number, FactNumbers.eventKinds, "kinds", index)
            else { throw columns.bad("kinds", index, number, "it must say what happened") }
            let named = message.proceedings.isEmpty ? 0 : message.proceedings[index].rawValue
            events.append(
                LegalEvent(
                    siren: siren,
                    kind: kind,
                    proceeding: try columns.value(
                        named,
                        FactNumbers.proceedings,
                        "proceedings",
                        index
                    ),
                    decided: try columns.optionalDay(message.decidedDays, "decided_days", index),
                    published: try columns.day(message.publishedDays, "published_days", index),
                    // Without a name each is a notice of its own.
                    notice: message.notices.isEmpty
                        ? "#\(index)" : try columns.text(message.notices, "notices", index),
                    source: try columns.source(message.papers, message.paperLines, index)
                )
            )
        }
        return events
    }

    /// What later notices took back.
    func corrections(
        _ message: Vigie_V1_CorrectionColumns
    ) throws(ServiceError) -> [NoticeCorrection] {
        let columns = try eventColumns("company.corrections", message.corrected.count)
        try columns.need(message.by.count, "by")
        try columns.need(message.publishedDays.count, "published_days")
        try columns.allow(message.kinds.count, "kinds")
        try columns.allow(message.decidedDays.count, "decided_days")
        try columns.allow(message.companyCounts.count, "company_counts")
        let companies = columns.total(message.companyCounts)
        try columns.need(message.companies.count, "companies", as: companies)
        guard companies <= limits.companyEventsMax else {
            throw .overLimit(
                "company.corrections.companies",
                "companyEventsMax",
                "company.corrections.companies has \(companies) entries.",
                value: companies,
                maximum: limits.companyEventsMax,
                code: .resourceExhausted
            )
        }
        try columns.checkPlaces(message.papers, message.paperLines)
        var corrections: [NoticeCorrection] = []
        var company = 0
        for index in 0..<columns.count {
            var correction = NoticeCorrection(
                corrected: try columns.text(message.corrected, "corrected", index),
                by: try columns.text(message.by, "by", index),
                published: try columns.day(message.publishedDays, "published_days", index)
            )
            let number = message.kinds.isEmpty ? 0 : message.kinds[index].rawValue
            correction.kind = try columns.value(number, FactNumbers.eventKinds, "kinds", index)
            correction.decided = try columns.optionalDay(
                message.decidedDays,
                "decided_days",
                index
            )
            let count = message.companyCounts.isEmpty ? 0 : Int(message.companyCounts[index])
            for place in company..<company + count {
                correction.companies.append(try siren(message.companies, place, columns))
            }
            company += count
            if !message.papers.isEmpty {
                correction.source = try columns.source(message.papers, message.paperLines, index)
            }
            corrections.append(correction)
        }
        return corrections
    }

    private func siren(
        _ list: [String],
        _ index: Int,
        _ columns: FactColumns
    ) throws(ServiceError) -> SIREN {
        guard let siren = try? SIREN(list[index]) else {
            throw columns.bad("companies", index, list[index], "it is no number of a company")
        }
        return siren
    }

    /// What registers say of a company; one without a number is in none.
    func registerEntries(
        _ message: Vigie_V1_RegisterColumns,
        _ siren: SIREN?
    ) throws(ServiceError) -> [RegisterEntry] {
        let columns = try eventColumns("company.register_entries", message.registers.count)
        try columns.allow(message.activities.count, "activities")
        try columns.allow(message.sinceDays.count, "since_days")
        try columns.allow(message.struckOffDays.count, "struck_off_days")
        try columns.allow(message.updatedDays.count, "updated_days")
        try columns.allow(message.activityCodes.count, "activity_codes")
        try columns.allow(message.headcounts.count, "headcounts")
        try columns.checkPlaces(message.papers, message.paperLines)
        guard let siren else { return [] }
        var entries: [RegisterEntry] = []
        for index in 0..<columns.count {
            var entry = RegisterEntry(
                siren: siren,
                source: try columns.source(message.papers, message.paperLines, index)
            )
            let register = message.registers[index].rawValue
            guard
                let known = try columns.value(register, FactNumbers.registers, "registers", index)
            else { throw columns.bad("registers", index, register, "it must name a register") }
            entry.register = known
            let activity = message.activities.isEmpty ? 0 : message.activities[index].rawValue
            entry.isActive = try columns.value(activity, [true, false], "activities", index)
            entry.since = try columns.optionalDay(message.sinceDays, "since_days", index)
            entry.struckOff = try columns.optionalDay(
                message.struckOffDays,
                "struck_off_days",
                index
            )
            entry.updatedAt = try columns.optionalDay(
                message.updatedDays,
                "updated_days",
                index
            )?.description
            if !message.activityCodes.isEmpty, !message.activityCodes[index].isEmpty {
                entry.activity = try columns.text(message.activityCodes, "activity_codes", index)
            }
            let people = message.headcounts.isEmpty ? 0 : message.headcounts[index]
            if people > 0 { entry.headcount = HeadcountBand(holding: Int(people) - 1) }
            entries.append(entry)
        }
        return entries
    }
}
