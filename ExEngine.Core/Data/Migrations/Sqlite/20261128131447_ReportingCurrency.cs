using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExEngine.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ReportingCurrency : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Limits that are stored keep their numbers: from now on they mean the user's currency, USDT unless set, where they meant the
            // quote of whichever market an order was for.
            migrationBuilder.AddColumn<string>(
                name: "currency",
                table: "risk_settings",
                type: "TEXT",
                maxLength: 12,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "drawdown_reached_at",
                table: "risk_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "max_drawdown",
                table: "risk_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "max_exposure",
                table: "risk_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "max_unrealized_loss",
                table: "risk_settings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "profit_peak",
                table: "risk_settings",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "currency",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "drawdown_reached_at",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "max_drawdown",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "max_exposure",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "max_unrealized_loss",
                table: "risk_settings");

            migrationBuilder.DropColumn(
                name: "profit_peak",
                table: "risk_settings");
        }
    }
}
