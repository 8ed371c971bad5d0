package io.nsqite.sqlite;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** Passes changes of columns, named by their position, to the driver's result. */
abstract class ResultSetUpdatesByColumn implements ResultSet {

    final ResultSet delegate;

    ResultSetUpdatesByColumn(ResultSet delegate) {
        this.delegate = delegate;
    }

    @Override
    public void updateArray(int column, Array value) throws SQLException {
        delegate.updateArray(column, value);
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream) throws SQLException {
        delegate.updateAsciiStream(column, stream);
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream, int length) throws SQLException {
        delegate.updateAsciiStream(column, stream, length);
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream, long length) throws SQLException {
        delegate.updateAsciiStream(column, stream, length);
    }

    @Override
    public void updateBigDecimal(int column, BigDecimal value) throws SQLException {
        delegate.updateBigDecimal(column, value);
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream) throws SQLException {
        delegate.updateBinaryStream(column, stream);
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream, int length) throws SQLException {
        delegate.updateBinaryStream(column, stream, length);
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream, long length) throws SQLException {
        delegate.updateBinaryStream(column, stream, length);
    }

    @Override
    public void updateBlob(int column, InputStream value) throws SQLException {
        delegate.updateBlob(column, value);
    }

    @Override
    public void updateBlob(int column, Blob value) throws SQLException {
        delegate.updateBlob(column, value);
    }

    @Override
    public void updateBlob(int column, InputStream value, long length) throws SQLException {
        delegate.updateBlob(column, value, length);
    }

    @Override
    public void updateBoolean(int column, boolean value) throws SQLException {
        delegate.updateBoolean(column, value);
    }

    @Override
    public void updateByte(int column, byte value) throws SQLException {
        delegate.updateByte(column, value);
    }

    @Override
    public void updateBytes(int column, byte[] value) throws SQLException {
        delegate.updateBytes(column, value);
    }

    @Override
    public void updateCharacterStream(int column, Reader stream) throws SQLException {
        delegate.updateCharacterStream(column, stream);
    }

    @Override
    public void updateCharacterStream(int column, Reader stream, int length) throws SQLException {
        delegate.updateCharacterStream(column, stream, length);
    }

    @Override
    public void updateCharacterStream(int column, Reader stream, long length) throws SQLException {
        delegate.updateCharacterStream(column, stream, length);
    }

    @Override
    public void updateClob(int column, Reader value) throws SQLException {
        delegate.updateClob(column, value);
    }

    @Override
    public void updateClob(int column, Clob value) throws SQLException {
        delegate.updateClob(column, value);
    }

    @Override
    public void updateClob(int column, Reader value, long length) throws SQLException {
        delegate.updateClob(column, value, length);
    }

    @Override
    public void updateDate(int column, Date value) throws SQLException {
        delegate.updateDate(column, value);
    }

    @Override
    public void updateDouble(int column, double value) throws SQLException {
        delegate.updateDouble(column, value);
    }

    @Override
    public void updateFloat(int column, float value) throws SQLException {
        delegate.updateFloat(column, value);
    }

    @Override
    public void updateInt(int column, int value) throws SQLException {
        delegate.updateInt(column, value);
    }

    @Override
    public void updateLong(int column, long value) throws SQLException {
        delegate.updateLong(column, value);
    }

    @Override
    public void updateNCharacterStream(int column, Reader stream) throws SQLException {
        delegate.updateNCharacterStream(column, stream);
    }

    @Override
    public void updateNCharacterStream(int column, Reader stream, long length) throws SQLException {
        delegate.updateNCharacterStream(column, stream, length);
    }

    @Override
    public void updateNClob(int column, Reader value) throws SQLException {
        delegate.updateNClob(column, value);
    }

    @Override
    public void updateNClob(int column, NClob value) throws SQLException {
        delegate.updateNClob(column, value);
    }

    @Override
    public void updateNClob(int column, Reader value, long length) throws SQLException {
        delegate.updateNClob(column, value, length);
    }

    @Override
    public void updateNString(int column, String value) throws SQLException {
        delegate.updateNString(column, value);
    }

    @Override
    public void updateObject(int column, Object value) throws SQLException {
        delegate.updateObject(column, value);
    }

    @Override
    public void updateObject(int column, Object value, int scaleOrLength) throws SQLException {
        delegate.updateObject(column, value, scaleOrLength);
    }

    @Override
    public void updateObject(int column, Object value, SQLType sqlType) throws SQLException {
        delegate.updateObject(column, value, sqlType);
    }

    @Override
    public void updateObject(int column, Object value, SQLType sqlType, int scaleOrLength) throws SQLException {
        delegate.updateObject(column, value, sqlType, scaleOrLength);
    }

    @Override
    public void updateRef(int column, Ref value) throws SQLException {
        delegate.updateRef(column, value);
    }

    @Override
    public void updateRowId(int column, RowId value) throws SQLException {
        delegate.updateRowId(column, value);
    }

    @Override
    public void updateSQLXML(int column, SQLXML value) throws SQLException {
        delegate.updateSQLXML(column, value);
    }

    @Override
    public void updateShort(int column, short value) throws SQLException {
        delegate.updateShort(column, value);
    }

    @Override
    public void updateString(int column, String value) throws SQLException {
        delegate.updateString(column, value);
    }

    @Override
    public void updateTime(int column, Time value) throws SQLException {
        delegate.updateTime(column, value);
    }

    @Override
    public void updateTimestamp(int column, Timestamp value) throws SQLException {
        delegate.updateTimestamp(column, value);
    }
}
