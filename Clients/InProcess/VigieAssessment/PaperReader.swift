// SPDX-License-Identifier: Apache-2.0

// Papers of companies, read where they are.

internal import AssessmentMessages
internal import CommandFiles
internal import CompanyPapers
internal import Documents
internal import ProtobufCoding
internal import Quantities
public import VigieClient
internal import VigieLimits
internal import VigieProtos

/// Reads papers of companies as they come: journals of entries (FEC), filed accounts (INPI),
/// notices (BODACC), registers, ledgers, electronic invoices, bank statements.
///
/// What a paper is, is told by its content; companies are joined by their numbers. A paper that
/// cannot be read is told among ``PapersRead/papers``, and the others are read.
public struct PaperReader: Sendable {
    private let asOf: CalendarDate
    private let profiles: [LedgerProfile]
    private let owner: SIREN?

    /// Reads for a day.
    ///
    /// - Parameters:
    ///   - asOf: The day up to which messages about invoices count; `nil` for all of them.
    ///   - ledgerProfiles: How packages of one's own write ledgers: JSON files of profiles.
    ///   - bookOwner: The number (SIREN) of the company whose journals of entries those are whose
    ///     file names do not say so; `nil` if nobody knows.
    /// - Throws: ``VigieError`` for profiles that cannot be used, and for a number that is none.
    public init(
        asOf: Day? = nil,
        ledgerProfiles: [[UInt8]] = [],
        bookOwner: String? = nil
    ) throws {
        do {
            owner = try bookOwner.map { try SIREN($0) }
        } catch {
            throw VigieError(
                code: .invalidArgument,
                reason: "BAD_SIREN",
                message: "\"\(bookOwner ?? "")\" is no number of a company (SIREN)."
            )
        }
        self.asOf = asOf.flatMap { CalendarDate($0.description) } ?? .last
        var profiles: [LedgerProfile] = []
        for json in ledgerProfiles {
            do {
                profiles += try LedgerProfile.read(json: json)
            } catch {
                throw VigieError(
                    code: .invalidArgument,
                    reason: "BAD_PROFILES",
                    message: "The profiles of ledgers cannot be used: \(error)."
                )
            }
        }
        self.profiles = profiles
    }

    /// Reads files, and all files of folders.
    ///
    /// - Parameter paths: The files and folders.
    /// - Returns: What they say.
    /// - Throws: ``VigieError`` for a path that cannot be opened.
    public func read(_ paths: [String]) throws -> PapersRead {
        var stack = PaperStack(profiles: profiles, owner: owner)
        var later: [String] = []
        do throws(CommandFailure) {
            for path in paths {
                for file in try inputFiles(path) {
                    // Books are read by the terms of payment.
                    if PaperStack.isTerms(try ByteSource.open(path: file)) {
                        stack.read(try ByteSource.open(path: file))
                    } else {
                        later.append(file)
                    }
                }
            }
            for file in later { stack.read(try ByteSource.open(path: file)) }
        } catch {
            throw VigieError(
                code: .notFound,
                reason: "CANNOT_OPEN",
                message: "\(error.message)."
            )
        }
        stack.finish()
        let message = Vigie_V1_ReadPapersResponse(stack, asOf: asOf)
        guard let papers = PapersRead(message) else {
            throw VigieError(code: .internal, message: "Facts of papers do not hold together.")
        }
        return papers
    }
}
