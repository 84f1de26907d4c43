using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Equity : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_flows",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    net_deposits = table.Column<decimal>(type: "TEXT", nullable: false),
                    assets = table.Column<string>(type: "TEXT", nullable: false),
                    counted_to = table.Column<DateTime>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_flows", x => x.account_id);
                    table.ForeignKey(
                        name: "fk_account_flows_exchange_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "exchange_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "equity_snapshots",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slot = table.Column<DateTime>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    currency = table.Column<string>(type: "TEXT", maxLength: 12, nullable: false),
                    equity = table.Column<decimal>(type: "TEXT", nullable: true),
                    cash = table.Column<decimal>(type: "TEXT", nullable: true),
                    held = table.Column<decimal>(type: "TEXT", nullable: true),
                    net_deposits = table.Column<decimal>(type: "TEXT", nullable: true),
                    is_complete = table.Column<bool>(type: "INTEGER", nullable: false),
                    left_out = table.Column<string>(type: "TEXT", maxLength: 240, nullable: true),
                    problem = table.Column<string>(type: "TEXT", maxLength: 240, nullable: true),
                    grain = table.Column<string>(type: "TEXT", maxLength: 8, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_equity_snapshots", x => new { x.account_id, x.slot });
                    table.ForeignKey(
                        name: "fk_equity_snapshots_exchange_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "exchange_accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_fills_account_id_id",
                table: "fills",
                columns: new[] { "account_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_flows");

            migrationBuilder.DropTable(
                name: "equity_snapshots");

            migrationBuilder.DropIndex(
                name: "ix_fills_account_id_id",
                table: "fills");
        }
    }
}
