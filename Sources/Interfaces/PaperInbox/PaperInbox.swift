// SPDX-License-Identifier: Apache-2.0

// An inbox: papers that are dropped into a folder are read once, and what they say of companies of
// a portfolio is kept. A file is moved after its transaction, so that a server that is killed
// between finds it again, and that it was read.
//
// Cost, expected, of a look at a folder of 100 files: 0.2 ms, once in two seconds; a paper is read
// as by `vigie papers`, and twice from the disk.

package import CommandFiles
internal import CompanyPapers
internal import Digests
internal import Documents
internal import InboxFolders
package import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import Quantities
package import ServiceErrors
internal import VigieLimits

/// Reads what is dropped into a folder, one paper after the other. One serves one thread.
package final class PaperInbox {
    /// What became of papers of a look.
    package struct Counts: Sendable, Equatable {
        /// Papers that were read.
        package var read = 0
        /// Papers that had been read before.
        package var known = 0
        /// Papers that could not be read, or were none.
        package var refused = 0
        /// Papers that stay where they are, since they could not be moved.
        package var stuck = 0
        /// Facts that were not known.
        package var factsAdded = 0

        /// None yet.
        package init() {}
    }

    private let folder: InboxFolder
    private let portfolio: String
    private let portfolios: PortfolioUseCases
    private let isWanted: @Sendable () -> Bool
    private var watch: InboxWatch

    /// Opens a folder.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - portfolio: The portfolio whose companies count.
    ///   - store: Where what papers say is kept.
    ///   - stillNanoseconds: How long a file has to stand still.
    ///   - isWanted: Asked again and again; false ends the work.
    package init(
        _ path: String,
        portfolio: String,
        _ store: ServerStore,
        stillNanoseconds: Int = InboxLimits.stillSeconds * 1_000_000_000,
        isWanted: @escaping @Sendable () -> Bool = { true }
    ) throws(CommandFailure) {
        folder = try InboxFolder(path)
        portfolios = PortfolioUseCases(store)
        watch = InboxWatch(stillNanoseconds: stillNanoseconds)
        (self.portfolio, self.isWanted) = (portfolio, isWanted)
    }

    /// Looks at the folder, and reads what stands still.
    ///
    /// - Parameter nowNanoseconds: The time on a clock that never goes back.
    /// - Throws: What keeps the store from keeping anything; papers stay for the next look.
    package func look(nowNanoseconds: Int) throws(ServiceError) -> Counts {
        var counts = Counts()
        let files = folder.files()
        for name in watch.still(among: files, nowNanoseconds: nowNanoseconds) {
            guard isWanted() else { break }
            guard files[name]?.isRegular == true else {
                let report = InboxReport.refused(
                    "it is no regular file",
                    "drop the file itself, not a link to it"
                )
                finish(name, report, &counts, nowNanoseconds)
                continue
            }
            guard let file = ClaimedFile(name, in: folder), file.look == files[name] else {
                continue
            }
            guard let report = try report(on: file, name) else { continue }
            finish(name, report, &counts, nowNanoseconds)
        }
        return counts
    }

    private func finish(
        _ name: String,
        _ report: InboxReport,
        _ counts: inout Counts,
        _ nowNanoseconds: Int
    ) {
        var report = report
        report.portfolio = portfolio
        let end = report.outcome == .refused ? InboxFolder.End.refused : .read
        guard folder.move(name, to: end, report: { report.text(of: $0) }) else {
            counts.stuck += 1
            return watch.leave(name, nowNanoseconds: nowNanoseconds)
        }
        switch report.outcome {
        case .read: counts.read += 1
        case .known: counts.known += 1
        case .refused: counts.refused += 1
        }
        counts.factsAdded += report.changes.added
    }

    /// Reads a file and has what it says kept; nil when it stays for the next look.
    private func report(
        on file: ClaimedFile,
        _ name: String
    ) throws(ServiceError) -> InboxReport? {
        let byteCount = file.look.byteCount
        guard byteCount <= InboxLimits.fileBytesMax else {
            return .refused(
                "it has \(byteCount) bytes, and may have \(InboxLimits.fileBytesMax) "
                    + "(fileBytesMax)",
                "drop it in parts"
            )
        }
        guard let digest = file.digest(while: isWanted) else { return nil }
        var report = InboxReport()
        (report.digest, report.byteCount) = (Digest.hexadecimal(digest), byteCount)
        if let known = try portfolios.paperRead(digest, for: portfolio) {
            (report.outcome, report.knownSince) = (.known, known)
            return report
        }
        let paper = PaperOfInbox(file.source(while: isWanted))
        // What somebody writes to meanwhile is another file, and comes again.
        guard isWanted(), file.isUnchanged else { return nil }
        report.paper = paper
        if let failure = paper.paper?.failure {
            (report.why, report.advice) = (failure.message, failure.hint)
            return report
        }
        guard !paper.companies.isEmpty else {
            report.why = "it tells of no company with a number (SIREN)"
            return report
        }
        try keep(paper, digest, name, &report)
        return report
    }

    private func keep(
        _ paper: PaperOfInbox,
        _ digest: [UInt8],
        _ name: String,
        _ report: inout InboxReport
    ) throws(ServiceError) {
        let identities = paper.companies.map(\.identity)
        let follows = try portfolios.follows(identities, in: portfolio)
        let followed = zip(paper.companies, follows).filter(\.1).map(\.0)
        report.leftOut = zip(identities, follows).filter { !$0.1 }.map(\.0)
        let recording = try portfolios.recordPaper(
            digest,
            byteCount: report.byteCount ?? 0,
            followed,
            leftOutCount: report.leftOut.count,
            in: portfolio,
            source: Self.source(name)
        )
        switch recording {
        case .known(let moment): (report.outcome, report.knownSince) = (.known, moment)
        case .recorded(let changes, let count):
            (report.outcome, report.changes, report.companyCount) = (.read, changes, count)
        }
    }

    /// The name of a file as the source of facts.
    private static func source(_ name: String) -> String {
        let seen = name.unicodeScalars.filter { $0.properties.generalCategory != .control }
        var text = String(String.UnicodeScalarView(seen))
        while text.utf8.count > StoreLimits.factSourceBytesMax { text.removeLast() }
        return text.isEmpty ? "inbox" : text
    }
}
