// SPDX-License-Identifier: Apache-2.0

// How much of a folder, of a paper and of its report there may be.

import Documents
import Foundation
import InboxFolders
import PaperInbox
import PortfolioApplication
import Portfolios
import ServiceErrors
import TestDatabases
import Testing
import VigieLimits

@Suite struct InboxLimitTests {
    private let path = NSTemporaryDirectory() + "vigie-inbox-\(UInt64.random(in: 0 ... .max))"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: path) }

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "cd '\(path)' && \(script)"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test func aFolderIsLookedAtInParts() throws {
        defer { remove() }
        let folder = try InboxFolder(path)
        try run("seq \(InboxLimits.filesTogetherMax + 1) | xargs touch")
        #expect(folder.files().count == InboxLimits.filesTogetherMax)
    }

    @Test func aNameIsTakenOnceInEachFolder() throws {
        defer { remove() }
        let folder = try InboxFolder(path)
        let all = InboxLimits.sameNamesMax
        try run("touch read/a && seq 2 \(all) | sed 's/$/-a/; s/^/read\\//' | xargs touch")
        try run("touch a")
        var told: [String] = []
        func move(_ end: InboxFolder.End) -> Bool {
            folder.move("a", to: end) { name in
                told.append(name)
                return "{}"
            }
        }
        #expect(!move(.read) && told.isEmpty)
        try run("rm read/7-a")
        #expect(move(.read) && told == ["7-a"])
        try run("touch a")
        #expect(move(.refused) && told == ["7-a", "a"])
        #expect(FileManager.default.fileExists(atPath: path + "/refused/a.report.json"))
    }

    @Test func aPaperIsUnpackedToAnEnd() throws {
        defer { remove() }
        let folder = try InboxFolder(path)
        try run("head -c \(InboxLimits.unpackedBytesMax + 1) /dev/zero | gzip -1 > bomb.csv.gz")
        let file = try #require(ClaimedFile("bomb.csv.gz", in: folder))
        let source = file.source { true }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 22, alignment: 16)
        defer { buffer.deallocate() }
        var (sum, told) = (0, "")
        do {
            while case let count = try source.read(buffer), count > 0 { sum += count }
        } catch { told = "\(error)" }
        #expect(told.contains("unpackedBytesMax") && sum <= InboxLimits.unpackedBytesMax)
        // Another one has it no longer once it is let go.
        #expect(ClaimedFile("bomb.csv.gz", in: folder) == nil)
    }

    @Test func aReportTellsSoManyCompanies() throws {
        defer { remove() }
        let database = TestDatabase.sqlite.makeEmpty()
        let store = ServerStore(database.address) { (_) throws(ServiceError) in }
        let anna = PortfolioViewer(identity: "anna", roles: [], isOperator: false)
        _ = try PortfolioUseCases(store).create(name: "p", note: "", by: anna)
        let inbox = try PaperInbox(path, portfolio: "p", store, stillNanoseconds: 1)
        var text = """
            siren,statutDiffusionUniteLegale,dateCreationUniteLegale,trancheEffectifsUniteLegale,\
            dateDebut,etatAdministratifUniteLegale,denominationUniteLegale,\
            categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,\
            nomenclatureActivitePrincipaleUniteLegale

            """
        for number in 0...InboxLimits.companiesTold {
            let siren = Self.siren(10_000_000 + number)
            text += "\(siren),O,1998-04-01,21,2008-01-01,A,N\(number),5710,24.51Z,NAFRev2\n"
        }
        try Data(text.utf8).write(to: URL(filePath: path + "/stock.csv"))
        _ = try inbox.look(nowNanoseconds: 0)
        #expect(try inbox.look(nowNanoseconds: 1).read == 1)
        let data = try Data(contentsOf: URL(filePath: path + "/read/stock.csv.report.json"))
        let report = try #require(
            JSONSerialization.jsonObject(with: data) as? [String: Any]
        )
        #expect(report["companies_left_out"] as? Int == InboxLimits.companiesTold + 1)
        #expect((report["left_out"] as? [String])?.count == InboxLimits.companiesTold)
        let findings = try #require(report["findings"] as? [Any])
        #expect(findings.count <= InboxLimits.findingsTold)
        #expect(InboxLimits.lookSeconds < InboxLimits.stillSeconds)
    }

    /// A number with its check digit, out of eight digits.
    private static func siren(_ number: Int) -> String {
        var sum = 0
        for (place, digit) in "\(number)".reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (place % 2 == 0 ? 2 : 1)
            sum += value > 9 ? value - 9 : value
        }
        return "\(number)\((10 - sum % 10) % 10)"
    }
}
