using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Bots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_untold",
                table: "fills",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bot_deals",
                columns: table => new
                {
                    bot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    safety_orders = table.Column<int>(type: "INTEGER", nullable: false),
                    entered = table.Column<decimal>(type: "TEXT", nullable: false),
                    realized = table.Column<decimal>(type: "TEXT", nullable: false),
                    kept = table.Column<decimal>(type: "TEXT", nullable: false),
                    kept_cost = table.Column<decimal>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bot_deals", x => new { x.bot_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "bot_journal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    bot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 1024, nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bot_journal", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bot_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    bot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    done_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bot_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    normalized_name = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    symbol = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    settings = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 512, nullable: true),
                    has_requests = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    stopped_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    updated_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    archived_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bots", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_fills_owner_id",
                table: "fills",
                column: "owner_id",
                filter: "is_untold IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bot_deals_account_id",
                table: "bot_deals",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_bot_journal_account_id",
                table: "bot_journal",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_bot_journal_bot_id_id",
                table: "bot_journal",
                columns: new[] { "bot_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bot_requests_account_id",
                table: "bot_requests",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_bot_requests_bot_id",
                table: "bot_requests",
                column: "bot_id",
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bots_account_id_status",
                table: "bots",
                columns: new[] { "account_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_bots_user_id_id",
                table: "bots",
                columns: new[] { "user_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bots_user_id_normalized_name",
                table: "bots",
                columns: new[] { "user_id", "normalized_name" },
                unique: true,
                filter: "archived_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bot_deals");

            migrationBuilder.DropTable(
                name: "bot_journal");

            migrationBuilder.DropTable(
                name: "bot_requests");

            migrationBuilder.DropTable(
                name: "bots");

            migrationBuilder.DropIndex(
                name: "ix_fills_owner_id",
                table: "fills");

            migrationBuilder.DropColumn(
                name: "is_untold",
                table: "fills");
        }
    }
}
