// SPDX-License-Identifier: Apache-2.0

// Alerts and rules as JSON, with the names that the service gives fields.

internal import CommandFiles
internal import CommandTables
internal import VigieClient

extension AlertText {
    static func writeJSON(_ alert: Alert, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        write(alert, nil, writer)
        sink.write("\n")
    }

    static func writeJSON(_ rule: AlertRule, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        write(rule, nil, writer)
        sink.write("\n")
    }

    static func writeJSON(_ update: AlertUpdate, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("cursor", update.cursor)
            writer.text("company", update.company.map { "\($0)" })
            writer.text("company_name", update.companyName)
            writer.integer("created_at_microseconds", Int(update.createdAtMicroseconds))
            writer.list("events") { for event in update.events { write(event, writer) } }
            writer.digits("model_change", update.modelChange.isEmpty ? nil : update.modelChange)
        }
        sink.write("\n")
    }

    static func writeJSON(_ trial: RuleTrial, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.integer("run_count", trial.runCount)
            writer.integer("company_count", trial.companyCount)
            writer.integer("left_out_count", trial.leftOutCount)
            writer.integer("told_company_count", trial.toldCompanyCount)
            writer.integer("told_count", trial.toldCount)
            writer.integer("unguarded_count", trial.unguardedCount)
            writer.list("days") {
                for day in trial.days {
                    writer.object {
                        writer.text("day", day.day)
                        writer.integer("told_count", day.toldCount)
                    }
                }
            }
            writer.list("told") {
                for told in trial.told {
                    writer.object {
                        writer.text("company", "\(told.company)")
                        writer.text("company_name", told.companyName)
                        writer.list("events") { write(told.event, writer) }
                    }
                }
            }
        }
        sink.write("\n")
    }

    static func writeJSON(_ told: AlertExplanation, to sink: ByteSink) {
        let writer = JSONWriter(sink)
        writer.object {
            writer.text("verdict", told.verdict)
            writer.text("day", told.day)
            writer.number("value", told.value)
            writer.text("phase", told.phase)
            write(told.rule, "rule", writer)
            if let alert = told.alert { write(alert, "alert", writer) }
            writer.list("lines") { for line in told.lines { writer.text(nil, line) } }
        }
        sink.write("\n")
    }

    private static func write(_ alert: Alert, _ name: String?, _ writer: JSONWriter) {
        writer.object(name) {
            writer.integer("number", alert.number)
            writer.text("company", alert.company.map { "\($0)" })
            writer.text("company_name", alert.companyName)
            writer.text("rule", alert.rule)
            writer.integer("rule_version", alert.ruleVersion)
            writer.text("kind", alert.kind)
            writer.text("raised_day", alert.raisedDay)
            writer.text("told_day", alert.toldDay)
            writer.integer("openings", alert.openings)
            writer.number("old_value", alert.oldValue)
            writer.number("new_value", alert.newValue)
            writer.text("cause", alert.cause)
            writer.list("legal_events") {
                for event in alert.legalEvents { writer.text(nil, event) }
            }
            write(alert.acknowledged, "acknowledged", writer)
            writer.text("assignee", alert.assignee)
            write(alert.snoozed, "snoozed", writer)
            writer.text("snoozed_until", alert.snoozedUntil)
            writer.number("snoozed_unless_worse_by", alert.snoozedUnlessWorseBy)
            write(alert.resolved, "resolved", writer)
            writer.text("cleared_day", alert.clearedDay)
            writer.text("ending", alert.ending)
        }
    }

    private static func write(_ note: Alert.Note?, _ name: String, _ writer: JSONWriter) {
        guard let note else { return }
        writer.object(name) {
            writer.text("person", note.person)
            writer.text("day", note.day)
            writer.text("text", note.text)
        }
    }

    private static func write(_ event: AlertEvent, _ writer: JSONWriter) {
        writer.object {
            writer.integer("alert", event.alert)
            writer.text("key", event.key)
            writer.text("rule", event.rule)
            writer.text("kind", event.kind)
            writer.text("change", event.change)
            writer.text("day", event.day)
            writer.number("old_value", event.oldValue)
            writer.number("new_value", event.newValue)
            writer.text("cause", event.cause)
            writer.integer("openings", event.openings)
            writer.text("assignee", event.assignee)
            writer.text("text", event.text)
        }
    }

    private static func write(_ rule: AlertRule, _ name: String?, _ writer: JSONWriter) {
        writer.object(name) {
            writer.text("name", rule.name)
            writer.text("kind", rule.kind)
            writer.text("title", rule.title)
            writer.number("raise", rule.raise)
            writer.number("clear", rule.clear)
            writer.integer("confirm_runs", rule.confirmRuns)
            writer.integer("keep_for_days", rule.keepForDays)
            writer.integer("no_data_runs", rule.noDataRuns)
            writer.integer("window_days", rule.windowDays)
            writer.text("quantity", rule.quantity)
            writer.text("direction", rule.direction)
            writer.text("signal", rule.signal)
            writer.list("events") { for event in rule.events { writer.text(nil, event) } }
            writer.integer("version", rule.version)
            writer.text("changed_by", rule.changedBy)
        }
    }
}
