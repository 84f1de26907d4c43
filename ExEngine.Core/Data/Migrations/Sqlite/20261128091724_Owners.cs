using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Owners : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_positions_account_id_symbol",
                table: "positions");

            migrationBuilder.RenameColumn(
                name: "protected_at",
                table: "positions",
                newName: "close_requested_at");

            migrationBuilder.AddColumn<string>(
                name: "time_means",
                table: "webhooks",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Event");

            migrationBuilder.AddColumn<Guid>(
                name: "trades_with_id",
                table: "webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "halt_protection",
                table: "risk_settings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "duplicates",
                table: "rejected_request_counts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "close_code",
                table: "positions",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "close_reason",
                table: "positions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "positions",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "owner_kind",
                table: "positions",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Manual");

            migrationBuilder.AddColumn<string>(
                name: "effect",
                table: "orders",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Open");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "orders",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "owner_kind",
                table: "orders",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Manual");

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "fills",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Trade");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "fills",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.AddColumn<string>(
                name: "exchange_uid",
                table: "exchange_accounts",
                type: "TEXT",
                maxLength: 128,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alarms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 24, nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    order_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    position_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    acknowledged_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alarms", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_positions_account_id_symbol_owner_id",
                table: "positions",
                columns: new[] { "account_id", "symbol", "owner_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_account_id_symbol_id",
                table: "orders",
                columns: new[] { "account_id", "symbol", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_fills_account_id_symbol_owner_id_at",
                table: "fills",
                columns: new[] { "account_id", "symbol", "owner_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_alarms_user_id_id",
                table: "alarms",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_alarms_user_id_kind_subject",
                table: "alarms",
                columns: new[] { "user_id", "kind", "subject" },
                unique: true,
                filter: "ended_at IS NULL");

            // What is held belongs to the webhook that bought all of it, or to the person. Until now every sell on spot made a position smaller.
            migrationBuilder.Sql(
                """
                UPDATE positions SET owner_kind = 'Webhook', owner_id = (
                    SELECT MIN(o.webhook_id) FROM orders o
                    WHERE o.account_id = positions.account_id AND o.symbol = positions.symbol
                        AND o.side = 'Buy' AND CAST(o.booked_quantity AS REAL) > 0)
                WHERE 1 = (
                    SELECT COUNT(DISTINCT COALESCE(CAST(o.webhook_id AS TEXT), '')) FROM orders o
                    WHERE o.account_id = positions.account_id AND o.symbol = positions.symbol
                        AND o.side = 'Buy' AND CAST(o.booked_quantity AS REAL) > 0)
                  AND EXISTS (
                    SELECT 1 FROM orders o
                    WHERE o.account_id = positions.account_id AND o.symbol = positions.symbol
                        AND o.side = 'Buy' AND CAST(o.booked_quantity AS REAL) > 0 AND o.webhook_id IS NOT NULL);
                """
            );
            migrationBuilder.Sql("UPDATE orders SET effect = 'Reduce' WHERE side = 'Sell';");
            migrationBuilder.Sql(
                """
                UPDATE orders SET owner_kind = 'Webhook', owner_id = (
                    SELECT p.owner_id FROM positions p WHERE p.account_id = orders.account_id AND p.symbol = orders.symbol)
                WHERE EXISTS (
                    SELECT 1 FROM positions p
                    WHERE p.account_id = orders.account_id AND p.symbol = orders.symbol AND p.owner_kind = 'Webhook');
                """
            );
            migrationBuilder.Sql(
                """
                UPDATE fills SET owner_id = (
                    SELECT p.owner_id FROM positions p WHERE p.account_id = fills.account_id AND p.symbol = fills.symbol)
                WHERE EXISTS (
                    SELECT 1 FROM positions p
                    WHERE p.account_id = fills.account_id AND p.symbol = fills.symbol AND p.owner_kind = 'Webhook');
                """
            );
            // An order that has bought nothing yet buys for its own webhook, where no position is.
            migrationBuilder.Sql(
                """
                UPDATE orders SET owner_kind = 'Webhook', owner_id = webhook_id
                WHERE webhook_id IS NOT NULL AND settled_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM positions p WHERE p.account_id = orders.account_id AND p.symbol = orders.symbol);
                """
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alarms");

            migrationBuilder.DropIndex(
                name: "ix_positions_account_id_symbol_owner_id",
                table: "positions");

            migrationBuilder.DropIndex(
                name: "ix_orders_account_id_symbol_id",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_fills_account_id_symbol_owner_id_at",
                table: "fills");

            migrationBuilder.DropColumn(
                name: "time_means",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "trades_with_id",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "halt_protection",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "duplicates",
                table: "rejected_request_counts");

            migrationBuilder.DropColumn(
                name: "close_code",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "close_reason",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "owner_kind",
                table: "positions");

            migrationBuilder.DropColumn(
                name: "effect",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "owner_kind",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "fills");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "fills");

            migrationBuilder.DropColumn(
                name: "exchange_uid",
                table: "exchange_accounts");

            migrationBuilder.RenameColumn(
                name: "close_requested_at",
                table: "positions",
                newName: "protected_at");

            migrationBuilder.CreateIndex(
                name: "ix_positions_account_id_symbol",
                table: "positions",
                columns: new[] { "account_id", "symbol" },
                unique: true);
        }
    }
}
