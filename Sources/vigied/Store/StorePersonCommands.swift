// SPDX-License-Identifier: Apache-2.0

// vigied store erase, hold, release: what has to go from a store, and what has to stay.

internal import ArgumentParser
internal import CommandFiles
internal import Databases
internal import Documents
internal import PortfolioApplication
internal import PortfolioStore
internal import Portfolios
internal import Quantities
internal import ServiceErrors
internal import UniverseApplication
internal import VigieApplication

/// A company, and who does something with it.
struct StoreCompanyOptions: ParsableArguments {
    @OptionGroup var store: StoreOption

    @Argument(
        help: ArgumentHelp(
            "The company: siren:552100554, lei:… or own:…",
            valueName: "company"
        )
    )
    var company: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Who does it; stands in the store.", valueName: "name")
    )
    var identity: String

    func validate() throws {
        guard PersonIdentity.isPlain(identity) else {
            throw ValidationError("--as names who does it, \(PersonIdentity.plainForm).")
        }
    }

    /// Who the company is.
    func companyIdentity() throws(CommandFailure) -> CompanyIdentity {
        let parts = company.split(separator: ":", maxSplits: 1)
        do throws(IdentityError) {
            return try CompanyIdentity(
                kind: parts.count == 2 ? String(parts[0]) : "siren",
                text: String(parts.last ?? "")
            )
        } catch { throw CommandFailure(.usage, "\(escaped(company)): \(error.message)") }
    }

    /// The number of the company in the store.
    func slot(_ connection: any DatabaseConnection) throws -> Int {
        guard let slot = try connection.slot(of: companyIdentity()) else { throw isUnknown }
        return slot
    }

    /// That the store has no such company.
    var isUnknown: CommandFailure {
        CommandFailure(.cannotOpenInput, "the store has no company \(escaped(company))")
    }

    /// A store that may be changed, and is there.
    func connect() throws -> any DatabaseConnection { try store.connectToExisting() }
}

extension StoreOption {
    /// A connection to a store that may be changed; one that is not there is not made.
    func connectToExisting() throws -> any DatabaseConnection {
        let address = try existingAddress()
        let connection = try address.connect(for: .write)
        let (schema, known) = (try Migrator.schemaNumber(connection), ServerStore.migrations.count)
        guard schema == known else {
            throw CommandFailure(
                .badInput,
                "\(address) is of schema \(schema), and this program works with \(known)",
                hint: "start a server of this release with it first"
            )
        }
        return connection
    }
}

extension ErasureReason: ExpressibleByArgument {}

/// Erases a company that is a natural person.
struct StoreEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase a natural person: who it is, and all that is known of it.",
        discussion: """
            Its number stays nobody's, and so does its place in each universe that has its SIREN. \
            The erasure is added to a list, by which `restore` has a person forgotten that a \
            backup brings back: keep the list with the backups. Refused while something holds the \
            data (`hold`). Exit code 66 for a company that is not there.

            EXAMPLE
              vigied store erase own:4711 --reason request --as anna --store store.sqlite
            """
    )

    @OptionGroup var options: StoreCompanyOptions

    @Option(help: "Why, by article 17(1) of the GDPR.")
    var reason: ErasureReason

    @Option(
        name: .customLong("erasures"),
        help: ArgumentHelp(
            "The list of erasures. (default: beside the file of the store)",
            valueName: "file"
        ),
        completion: .file()
    )
    var list: String?

    func run() async throws {
        try await StoreCommand.reporting {
            let connection = try options.connect()
            let file = try ErasureFile(named: list, for: options.store.address())
            let company = try options.companyIdentity()
            let erasures: [Erasure]
            try connection.begin(.write)
            do {
                erasures = try erase(company, connection)
                guard !erasures.isEmpty else { throw options.isUnknown }
                // Before the commit: a person that the list does not name would come back.
                try file.add(erasures)
                _ = try connection.execute("commit")
            } catch {
                _ = try? connection.execute("rollback")
                throw error
            }
            let isPurged = try connection.purgeDeleted()
            let places = erasures.map { erasure in
                erasure.universe.map { "place \(erasure.slot) of universe \($0)" }
                    ?? "its number \(erasure.slot)"
            }
            let verb = places.count == 1 ? "stands" : "stand"
            try printOutput("erased; \(places.joined(separator: ", ")) \(verb) in \(file.path)")
            if !isPurged {
                printError(
                    "vigied: readers keep what was deleted in the journal of the store; it goes "
                        + "with the next `vigied store sweep`."
                )
            }
        }
    }

    /// Erases a company from portfolios and from universes.
    private func erase(
        _ company: CompanyIdentity,
        _ connection: any DatabaseConnection
    ) throws -> [Erasure] {
        let day = CalendarDate(secondsSince1970: SystemClock.now())
        var erasures: [Erasure] = []
        if let slot = try connection.slot(of: company) {
            let outcome = try connection.erase(slot, for: reason, on: day, by: options.identity)
            if let refusal = outcome.refusal { throw refusal }
            if case .erased(let erasure) = outcome { erasures.append(erasure) }
        }
        if case .siren(let siren) = company {
            erasures += try UniverseErasure().erase(siren, for: reason, on: day, connection)
        }
        return erasures
    }
}

/// Keeps what is known of a company from being deleted.
struct StoreHoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep what is known of a company from being deleted, for a legal matter."
    )

    @OptionGroup var options: StoreCompanyOptions

    @Option(help: ArgumentHelp("The matter.", valueName: "text"))
    var reason: String

    func run() async throws {
        try await StoreCommand.reporting {
            let connection = try options.connect()
            let isNew = try connection.hold(
                options.slot(connection),
                reason: reason,
                by: options.identity,
                nowMicroseconds: SystemMicroseconds.now()
            )
            try printOutput(isNew ? "held" : "this matter holds it already")
        }
    }
}

/// Ends that.
struct StoreReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "End what a legal matter holds."
    )

    @OptionGroup var options: StoreCompanyOptions

    @Option(help: ArgumentHelp("The matter, as it was told.", valueName: "text"))
    var reason: String

    func run() async throws {
        try await StoreCommand.reporting {
            let connection = try options.connect()
            let slot = try options.slot(connection)
            guard try connection.release(slot, reason: reason) else {
                let matters = try connection.holds(of: slot).map { escaped($0.reason) }
                throw CommandFailure(
                    .cannotOpenInput,
                    "no such matter holds it",
                    hint: matters.isEmpty
                        ? "none does" : "these do: \(matters.joined(separator: "; "))"
                )
            }
            try printOutput("released")
        }
    }
}
